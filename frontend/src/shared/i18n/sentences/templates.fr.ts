/** Configurations as files, in French. */
export const templates: Readonly<Record<string, string>> = {
  "This is no JSON file.": "Ce n’est pas un fichier JSON.",
  "This is no file of a configuration of TWS.":
    "Ce n’est pas le fichier d’une configuration de TWS.",
  "The file comes from a newer TWS (schema {schema}).":
    "Le fichier vient d’un TWS plus récent (schéma {schema}).",
  "The file has no schema that is known here.": "Le schéma du fichier n’est pas connu ici.",
  "The file has something that does not belong there: {said}":
    "Le fichier a quelque chose qui n’y a pas sa place : {said}",
  "The file has {count} domains: only one goes into a domain.":
    "Le fichier a {count} domaines : un seul peut aller dans un domaine.",
  "There is no domain {name}.": "Il n’y a pas de domaine {name}.",
  "There is no group {name} in {domain}.": "Il n’y a pas de groupe {name} dans {domain}.",
  "There is no link {name} in {domain}.": "Il n’y a pas de connexion {name} dans {domain}.",
  "There is no call queue {name} in {domain}.": "Il n’y a pas de puits d’appels {name} dans {domain}.",
  "There is no intercom group {name} in {domain}.":
    "Il n’y a pas de groupe intercom {name} dans {domain}.",
  "There is no directory {name} in {domain}.": "Il n’y a pas d’annuaire {name} dans {domain}.",
  "A secret is not in the file: set it afterwards.":
    "Un secret n’est pas dans le fichier : réglez-le ensuite.",
};
