/** Mails, in French. */
export const mail: Readonly<Record<string, string>> = {
  "No mail server is set: see the parameter {name}.":
    "Aucun serveur de courriel n’est réglé : voyez le paramètre {name}.",
  "The mail server took the mail to {to}.": "Le serveur de courriel a pris le courriel pour {to}.",
  "{to} is no address to which mails go.": "{to} n’est pas une adresse de courriel.",
  "TWS: test mail": "TWS : courriel d’essai",
  "Mails of TWS arrive here.": "Les courriels de TWS arrivent ici.",
};
