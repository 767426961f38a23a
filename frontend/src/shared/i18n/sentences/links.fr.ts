/** Links to PBXs, in French. */
export const links: Readonly<Record<string, string>> = {
  "an address or a host name is expected, without blanks or '/'":
    "une adresse ou un nom d’hôte est attendu, sans espace ni « / »",
  "{least} to {most} seconds are expected": "de {least} à {most} secondes sont attendues",
  "printable signs, and no semicolon (a comment there)":
    "des signes imprimables, sans point-virgule (qui commence là un commentaire)",
  "it looks like {example}": "sa forme est celle de {example}",
  "one of {choices} is expected": "une valeur parmi {choices} est attendue",
  "letters, digits, '-', '_' and '.' only": "lettres, chiffres, « - », « _ » et « . » seulement",
  "{kind} is expected": "{kind} est attendu",
  "a text": "un texte",
  "yes or no": "oui ou non",
  "a whole number": "un nombre entier",
  "a text or nothing": "un texte ou rien",
  "a whole number or nothing": "un nombre entier ou rien",
  "{number} must stand in it once; else only {site} in braces":
    "{number} doit y figurer une fois ; sinon seul {site} entre accolades",
  "needed, since devices are written with {site}":
    "nécessaire, puisque les postes sont écrits avec {site}",
  "needed, {pbx} has no usual one": "nécessaire, {pbx} n’en a pas d’habituel",
  "of no use without a user": "inutile sans utilisateur",
  "sent in an application session only, and session is off":
    "transmis seulement dans une session d’application, or la session est désactivée",
  "of no use, since devices are written {device}: device_id":
    "inutile, puisque les postes s’écrivent {device} : device_id",
  "Is CSTA set up there? On an A5000 its port is 3211, and not always configured.":
    "CSTA y est-il configuré ? Sur un A5000 son port est 3211, et n’est pas toujours configuré.",
  "Does manager.conf have enabled=yes, a bindaddr that this server reaches, and this user?":
    "manager.conf a-t-il enabled=yes, un bindaddr que ce serveur atteint, et cet utilisateur ?",
  // Why a link is not up.
  disabled: "désactivée",
  "the service of links is stopped": "le service des connexions est arrêté",
  "waiting for the database": "attend la base de données",
  "held by another node, which has told nothing yet":
    "tenue par un autre nœud, qui n’en a encore rien dit",
  "the node that holds it is not heard": "le nœud qui la tient ne se fait pas entendre",
  "owned by another process": "appartient à un autre processus",
  "an error inside TWS: see its log": "une erreur dans TWS : voyez son journal",
  "nothing was heard from the PBX in {seconds} s":
    "rien n’est venu du PBX en {seconds} s",
  "the PBX was reached, and had not finished letting TWS in after {seconds} s":
    "le PBX a été atteint, et n’avait pas fini de laisser entrer TWS après {seconds} s",
  "connected again": "de nouveau connecté",
  "application session refused: {said}": "session d’application refusée : {said}",
  "no application session: {said}": "pas de session d’application : {said}",
  "application session not renewed: {said}": "session d’application non renouvelée : {said}",
  "the PBX ended the application session: {said}":
    "le PBX a mis fin à la session d’application : {said}",
  "the PBX does not answer RequestSystemStatus": "le PBX ne répond pas à RequestSystemStatus",
  "the PBX did not send its first SystemStatus": "le PBX n’a pas envoyé son premier SystemStatus",
  "the PBX says that it is {status}": "le PBX se dit {status}",
  "the PBX was silent for {seconds} s": "le PBX s’est tu pendant {seconds} s",
  "no answer": "pas de réponse",
  "{what} ({detail})": "{what} ({detail})",
  "an answer is missing, and without invoke ids those after it belong to nobody":
    "il manque une réponse, et sans numéros d’appel (invoke id) les suivantes ne sont à personne",
  "Asterisk does not answer": "Asterisk ne répond pas",
  "Asterisk does not answer any more": "Asterisk ne répond plus",
  "Asterisk has not finished starting": "Asterisk n’a pas fini de démarrer",
  "Asterisk does not say which commands this manager user may send":
    "Asterisk ne dit pas quelles commandes cet utilisateur du manager peut envoyer",
  "Asterisk does not list its channels: {said}": "Asterisk n’énumère pas ses canaux : {said}",
  "the manager user may not send {actions}: write=system,call,originate,reporting is missing in manager.conf":
    "l’utilisateur du manager ne peut envoyer {actions} : il manque write=system,call,originate,reporting dans manager.conf",
  "The call is at this telephone already.": "L’appel est déjà sur ce poste.",
  "That telephone is on another PBX: a call cannot be moved there.":
    "Ce poste dépend d’un autre PBX : l’appel ne peut pas y être poursuivi.",
  "Telephone {number} cannot be reached.": "Le poste {number} ne peut pas être joint.",
  "Telephone {number} is set to do not disturb.": "Le poste {number} est en Ne pas déranger.",
  "Telephone {number} forwards its calls elsewhere.":
    "Le poste {number} renvoie ses appels ailleurs.",
};
