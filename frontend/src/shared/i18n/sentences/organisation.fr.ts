/** Devices, users and parameters, in French. */
export const organisation: Readonly<Record<string, string>> = {
  "Only devices with the protocol {protocol} have this.":
    "Seuls les postes du protocole {protocol} ont ce réglage.",
  "A host is a name or an IP address, without blanks.":
    "Un hôte est un nom ou une adresse IP, sans espaces.",
  "an address such as name@company.example is expected":
    "une adresse comme nom@societe.example est attendue",
  "the name of a file is expected, without a folder":
    "le nom d’un fichier est attendu, sans dossier",
  "an address that begins with https:// is expected":
    "une adresse qui commence par https:// est attendue",
  "the name of a claim is expected, such as preferred_username":
    "le nom d’une revendication (claim) est attendu, comme preferred_username",
  "words with one blank between them are expected, with openid":
    "des mots séparés par une espace sont attendus, dont openid",
  "1 to {most} characters are expected": "1 à {most} caractères sont attendus",
  "a host name or an address is expected": "un nom d’hôte ou une adresse est attendu",
};
