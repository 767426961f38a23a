/** Signing in, in French. */
export const access: Readonly<Record<string, string>> = {
  "Somebody, probably you, has forgotten the password of {name} in TWS. Choose a new one here, once and within {minutes} minutes:":
    "Quelqu’un, sans doute vous, a oublié le mot de passe de {name} dans TWS. Choisissez-en un nouveau ici, une seule fois et dans les {minutes} minutes :",
  "If it was not you, do nothing: your password stays as it is.":
    "Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.",
  "TWS: a new password": "TWS : un nouveau mot de passe",
  "NTLM is checked by what is kept of the passwords of some users.":
    "NTLM est vérifié par ce qui est conservé des mots de passe de certains utilisateurs.",
  "{said} {refused}": "{said} {refused}",
  "{issuer} answers, with {keys} keys.": "{issuer} répond, avec {keys} clés.",
  "It takes more than {seconds} seconds.": "Cela dure plus de {seconds} secondes.",
};
