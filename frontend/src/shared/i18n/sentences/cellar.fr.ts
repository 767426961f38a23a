/** The network, secrets, and what is read from others, in French. */
export const cellar: Readonly<Record<string, string>> = {
  // What several kinds of sources say.
  "The reader ended without a word (code {code}).":
    "Le lecteur s’est arrêté sans un mot (code {code}).",
  "Nothing was read for {seconds} s.": "Rien n’a été lu pendant {seconds} s.",
  "{field}: {what}": "{field} : {what}",
  "{name} cannot be loaded: {said}.": "{name} ne peut être chargé : {said}.",
  "Not installed, for {name} run: {command} and start TWS again ({said}).":
    "Pas installé, pour {name} lancez : {command} puis redémarrez TWS ({said}).",
  "{field} is not stored as a secret is: enter it again.":
    "{field} n’est pas gardé comme un secret : saisissez-le de nouveau.",
  "{field} cannot be read: its key {file} is gone from the folder of data. Put the file back, or enter the secret again.":
    "{field} ne peut être lu : sa clé {file} n’est plus dans le dossier des données. Remettez ce fichier, ou saisissez le secret de nouveau.",
  "{field} cannot be read: it was sealed with another key than {key}. Put that key back, or enter the secret again.":
    "{field} ne peut être lu : il a été scellé avec une autre clé que {key}. Remettez cette clé, ou saisissez le secret de nouveau.",
  "{file} holds no key: put the right file back.":
    "{file} ne contient pas de clé : remettez le bon fichier.",
  // Files.
  "{file} cannot be read: {said}.": "{file} ne peut être lu : {said}.",
  // vCards.
  "no property: {line}": "pas une propriété : {line}",
  "{property} is no base64": "{property} n’est pas en base64",
  "it is empty": "elle est vide",
  "it has no end": "elle n’a pas de fin",
  "it has more than {most} MB": "elle dépasse {most} Mo",
  // What a form finds wrong with its fields.
  "something follows the filter: {text}": "quelque chose suit le filtre : {text}",
  "more than {most} filters within each other": "plus de {most} filtres l’un dans l’autre",
  "! takes one filter": "! prend un seul filtre",
  "a parenthesis is missing": "il manque une parenthèse",
  "not a comparison: {text}": "pas une comparaison : {text}",
  "neither an attribute nor a rule: {value}": "ni un attribut, ni une règle : {value}",
  "( is written \\28, * is written \\2a: {value}": "( s’écrit \\28, * s’écrit \\2a : {value}",
  "\\ is written \\5c": "\\ s’écrit \\5c",
  // Failures of the network.
  "connection refused: nothing listens there, or a firewall says no":
    "connexion refusée : rien n’écoute là, ou un pare-feu dit non",
  "no route to this host": "pas de route vers cet hôte",
  "no route to this network": "pas de route vers ce réseau",
  "the peer stopped answering": "l’autre côté ne répond plus",
  "the peer reset the connection": "l’autre côté a coupé la connexion",
  "the peer closed the connection while we were sending":
    "l’autre côté a fermé la connexion pendant l’envoi",
  "the connection was aborted": "la connexion a été abandonnée",
  "the address is already in use by another program":
    "l’adresse est déjà prise par un autre programme",
  "this machine has no such address": "cette machine n’a pas cette adresse",
  "not permitted (ports below 1024 need the right to bind them)":
    "pas permis (les ports sous 1024 demandent le droit de les prendre)",
  "too many open files in this process": "trop de fichiers ouverts dans ce processus",
  "the peer closed the connection": "l’autre côté a fermé la connexion",
  "TLS: the peer's certificate is not accepted: {why}":
    "TLS : le certificat de l’autre côté n’est pas accepté : {why}",
  "TLS: {why} (does the peer speak TLS on this port?)":
    "TLS : {why} (l’autre côté parle-t-il TLS sur ce port ?)",
  "TLS: {why}": "TLS : {why}",
  "host name not found ({why})": "nom d’hôte introuvable ({why})",
  "not a host name": "ce n’est pas un nom d’hôte",
  "not a port number (1 to 65535)": "ce n’est pas un numéro de port (1 à 65535)",
  "{address}: {why}": "{address} : {why}",
  // Connections to PBXs.
  stopped: "arrêtée",
  "{address}: no answer within {seconds} s": "{address} : pas de réponse en {seconds} s",
  "{why} (does the peer speak TLS on this port?)":
    "{why} (parle-t-on bien TLS sur ce port ?)",
  "its address was changed": "son adresse a été changée",
  "internal error while handling what the peer sent":
    "erreur interne en traitant ce que le correspondant a envoyé",
  "no answer to the login": "pas de réponse à l’ouverture de session",
  "this is not an Asterisk manager port: {said}":
    "ce n’est pas le port d’un manager Asterisk : {said}",
  "Asterisk refuses this manager user or its secret: {said}":
    "Asterisk refuse cet utilisateur du manager, ou son secret : {said}",
  "not a CSTA header: it begins with {bytes} instead of 00 00":
    "ce n’est pas un en-tête CSTA : il commence par {bytes} au lieu de 00 00",
  "CSTA header with length {length}, less than its own 8 bytes":
    "en-tête CSTA de longueur {length}, moins que ses propres 8 octets",
  "CSTA message of {length} bytes: at most {most} are accepted":
    "message CSTA de {length} octets : {most} au plus sont acceptés",
  "CSTA header with invoke id {id}: four digits expected":
    "en-tête CSTA avec l’invoke id {id} : quatre chiffres sont attendus",
  "more than {most} bytes without an end of message":
    "plus de {most} octets sans fin de message",
  "{where} would be believed without its certificate, which TWS_TLS=strict does not allow: let it be checked, or name it in TWS_TLS_EXCEPT":
    "{where} serait cru sans son certificat, ce que TWS_TLS=strict ne permet pas : faites-le vérifier, ou nommez-le dans TWS_TLS_EXCEPT",
  "{where} would be spoken to in clear text, which TWS_TLS=strict does not allow: encrypt the connection, or name it in TWS_TLS_EXCEPT":
    "On parlerait en clair à {where}, ce que TWS_TLS=strict ne permet pas : chiffrez la connexion, ou nommez-le dans TWS_TLS_EXCEPT",
};
