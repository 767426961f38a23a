/** What the doctor, backups and traces say, in French. */
export const maintenance: Readonly<Record<string, string>> = {
  "The job “{job}” failed by an error inside TWS ({error}): its log says more.":
    "La tâche « {job} » a échoué par une erreur dans TWS ({error}) : son journal en dit plus.",
  "An error inside TWS ({error}): its log says more.":
    "Une erreur dans TWS ({error}) : son journal en dit plus.",
  "This version of TWS does not have it.": "Cette version de TWS ne l’a pas.",
  "The node {node} does it.": "Le nœud {node} s’en charge.",
  "No node does it now: one will in a moment.":
    "Aucun nœud ne s’en charge en ce moment : l’un d’eux va le faire.",
  "This server is one node.": "Ce serveur est un seul nœud.",
  "The other nodes cannot be heard: NATS is not reached.":
    "Les autres nœuds ne s’entendent pas : NATS n’est pas joint.",
  "Look whether NATS runs, and whether this machine reaches it.":
    "Regardez si NATS tourne, et si cette machine le joint.",
  "The nodes hear each other: {nodes}.": "Les nœuds s’entendent : {nodes}.",
  "The node {node} does not answer.": "Le nœud {node} ne répond pas.",
  "Look at its log and its machine.": "Regardez son journal et sa machine.",
  "No node holds the link {link}.": "Aucun nœud ne tient la connexion {link}.",
  "Look whether the service links runs at each node.":
    "Regardez si le service links tourne sur chaque nœud.",
  "The nodes have different versions: {versions}.":
    "Les nœuds ont des versions différentes : {versions}.",
  "Renew those that have the older one.": "Mettez à jour ceux qui ont la plus ancienne.",
  "The database is away.": "La base de données ne répond pas.",
  "the file cannot be written: {why}": "le fichier ne s’écrit pas : {why}",
  "a file of it cannot be read: {why}": "un de ses fichiers ne se lit pas : {why}",
  "this is no trace of TWS: {why}": "ce n’est pas une trace de TWS : {why}",
  "this trace is of a newer TWS": "cette trace est d’un TWS plus récent",
  "line {number} cannot be read: {why}": "la ligne {number} ne se lit pas : {why}",
  "no driver can be made of the link in this trace: {why}":
    "aucun pilote ne se fait de la connexion de cette trace : {why}",
  "it takes longer than two minutes: use `tws trace replay`.":
    "cela dure plus de deux minutes : utilisez `tws trace replay`.",
  "it has too many calls for a page: use `tws trace replay`.":
    "elle a trop d’appels pour une page : utilisez `tws trace replay`.",
  "the replay ended without a word.": "le processus qui la rejoue s’est terminé sans un mot.",
  "this service is stopped": "ce service est arrêté",
  "it names no collector: {why}": "elle ne nomme aucun collecteur : {why}",
  "Every enabled user has a user name, TWS Caller and a telephone.":
    "Chaque utilisateur actif a un nom d’utilisateur, TWS Caller et un poste.",
  "{count} more are like these.": "{count} autres sont dans le même cas.",
  "A user has no user name ({user}).": "Un utilisateur n’a pas de nom d’utilisateur ({user}).",
  "Give the user a name to sign in with.": "Donnez-lui un nom pour se connecter.",
  "{user} may not use TWS Caller.": "{user} n’a pas le droit d’utiliser TWS Caller.",
  "Authorise the application for the user, or for a group of theirs.":
    "Autorisez l’application pour l’utilisateur, ou pour un de ses groupes.",
  "{user} has no telephone.": "{user} n’a pas de poste.",
  "Add a device, with its number and its protocol.":
    "Ajoutez un poste, avec son numéro et son protocole.",
  "A telephone of {user} has no number or no protocol.":
    "Un poste de {user} n’a pas de numéro, ou pas de protocole.",
  "Fill both in.": "Renseignez les deux.",
  "Everybody signs in with a password that something checks.":
    "Chacun se connecte avec un mot de passe, que quelque chose vérifie.",
  "{count} users sign in by {method}: no password is asked, so anybody can be them.":
    "{count} utilisateurs se connectent par {method} : aucun mot de passe n’est demandé, n’importe qui peut être eux.",
  "{count} users sign in by {method}, which this installation does not have.":
    "{count} utilisateurs se connectent par {method}, que cette installation n’a pas.",
  "{count} users sign in by {method}, and {parameter} is empty.":
    "{count} utilisateurs se connectent par {method}, et {parameter} est vide.",
  "See the parameter {parameter}.": "Voyez le paramètre {parameter}.",
  "Every link is up.": "Toutes les connexions sont établies.",
  "Only a server that runs can tell.": "Seul un serveur en marche peut le dire.",
  "The link {link} is not up: {why}": "La connexion {link} n’est pas établie : {why}",
  "Look whether the PBX is reachable and knows TWS.":
    "Regardez si le PABX est joignable et connaît TWS.",
  "Look whether {host} answers at port {port}. {advice}":
    "Regardez si {host} répond au port {port}. {advice}",
  "Every device of a link that is up is monitored.":
    "Tous les postes des connexions établies sont surveillés.",
  "{waiting} devices of {link} wait to be monitored ({monitored} of {capacity}).":
    "{waiting} postes de {link} attendent d’être surveillés ({monitored} sur {capacity}).",
  "Raise the link's capacity, if the PBX allows more.":
    "Augmentez la capacité de la connexion, si le PABX en permet plus.",
  "The PBX needs as many CSTA licences as there are devices.":
    "Il faut au PABX autant de licences CSTA qu’il y a de postes.",
  "Browsers are told of no calls, their key cannot be used: {why}":
    "Les navigateurs ne sont prévenus d’aucun appel, leur clé est inutilisable : {why}",
  "Put the old key of the secrets back, or renew the key of browsers.":
    "Remettez l’ancienne clé des secrets, ou renouvelez la clé des navigateurs.",
  "Every secret in the database can be read.":
    "Tous les secrets de la base de données sont lisibles.",
  "{name}: {why}": "{name} : {why}",
  "Every directory was read to its end when it was read last.":
    "Chaque annuaire a été lu jusqu’au bout à sa dernière lecture.",
  "{directory} could not be read: {why}": "{directory} n’a pas pu être lu : {why}",
  "Try the directory out: its form tells more. User names, passwords and keys mind upper and lower case.":
    "Essayez l’annuaire : son formulaire en dit plus. Noms, mots de passe et clés distinguent majuscules et minuscules.",
  "Every import of users came to its end when it ran last.":
    "Chaque import d’utilisateurs est allé jusqu’au bout la dernière fois.",
  "The users of {directory} could not be imported: {why}":
    "Les utilisateurs de {directory} n’ont pas pu être importés : {why}",
  "Try the import out: its form tells more.": "Essayez l’import : son formulaire en dit plus.",
  "The import of users of {directory} asks whether it may go on: it would delete or disable {count}.":
    "L’import d’utilisateurs de {directory} demande s’il peut continuer : il en supprimerait ou désactiverait {count}.",
  "No backup is made by itself: that is switched off.":
    "Aucune sauvegarde ne se fait d’elle-même : c’est désactivé.",
  "The folder of the backups cannot be read: {why}":
    "Le dossier des sauvegardes ne se lit pas : {why}",
  "The settings of the backups cannot be read ({why}): set them again.":
    "Les réglages des sauvegardes ne se lisent pas ({why}) : enregistrez-les de nouveau.",
  "{place} does not answer.": "{place} ne répond pas.",
  "Nothing can be written to {place}: {why}.": "Rien ne s’écrit dans {place} : {why}.",
  "a folder is expected": "un dossier est attendu",
  "a path from the root of the server is expected, as /mnt/backups":
    "un chemin depuis la racine du serveur est attendu, comme /mnt/backups",
  "the backups are in this folder already": "les sauvegardes sont déjà dans ce dossier",
  "the environment of the server says this: it is changed there":
    "l’environnement du serveur le fixe : cela se change là",
  "HH:MM is expected, or off": "HH:MM est attendu, ou off",
  "a passphrase has {least} characters or more":
    "une phrase secrète a {least} caractères au moins",
  "enter it again, or that there is none":
    "saisissez-la de nouveau, ou dites qu’il n’y en a pas",
  "There is no backup yet.": "Il n’y a pas encore de sauvegarde.",
  "Make one.": "Faites-en une.",
  "The last backup is of {when}.": "La dernière sauvegarde est du {when}.",
  "The last backup is of {when}: each day one should be made.":
    "La dernière sauvegarde est du {when} : il devrait s’en faire une chaque jour.",
  "Look whether this server runs when one is due, then make one.":
    "Regardez si ce serveur tourne à l’heure prévue, puis faites-en une.",
  "The backup failed: {why}": "La sauvegarde a échoué : {why}",
  "The backup was not copied to the second place: {why}":
    "La sauvegarde n’a pas été copiée au second endroit : {why}",
  "Look whether the place is there and has room, then make one.":
    "Regardez si l’endroit existe et s’il y a de la place, puis faites-en une.",
  "{directory} asks whether it may delete.": "{directory} demande s’il peut supprimer.",
  "Say yes, or cancel.": "Acceptez, ou annulez.",
  "{directory} is being read.": "{directory} est en cours de lecture.",
  "The reading of {directory} was cancelled.": "La lecture de {directory} a été annulée.",
  "The users of {directory} are being imported.":
    "L’import des utilisateurs de {directory} est en cours.",
  "The import of users of {directory} was cancelled.":
    "L’import d’utilisateurs de {directory} a été annulé.",
  "The database could not be asked for the time.":
    "L’heure n’a pas pu être demandée à la base de données.",
  "A long wait is normal where there is much to read: let it go on.":
    "Une longue attente est normale quand il y a beaucoup à lire : n’interrompez pas.",
  "Every source of calendars was read when it was due.":
    "Chaque source de calendriers a été lue à temps.",
  "The calendars of {source} were not read: {why}":
    "Les calendriers de {source} n’ont pas été lus : {why}",
  "No server refuses many accounts with people outside.":
    "Aucun serveur ne refuse de nombreux comptes de tchat avec l’extérieur.",
  "{count} of {all} accounts with {server} are not connected: {why}":
    "{count} comptes sur {all} chez {server} ne sont pas connectés : {why}",
  "Look whether {server} serves these addresses.":
    "Regardez si {server} dessert ces adresses.",
  "Every provider of text messages worked when it was asked last.":
    "Chaque fournisseur SMS a marché quand il a été interrogé en dernier.",
  "The SMS provider {provider} does not work: {why}":
    "Le fournisseur SMS {provider} ne marche pas : {why}",
  "Test the provider: its form tells more.":
    "Testez le fournisseur : son formulaire en dit plus.",
  "Try the source out: its form tells more.": "Essayez la source : son formulaire en dit plus.",
  "The licence is valid, and not exceeded.": "La licence est valable, et n’est pas dépassée.",
  "The service {service} does not run.": "Le service {service} ne tourne pas.",
  "The service {service} failed: {why}": "Le service {service} est en échec : {why}",
  "Start it.": "Démarrez-le.",
  "Every service runs.": "Tous les services tournent.",
  "The syslog target cannot be read: {why}": "La cible syslog ne se lit pas : {why}",
  "Set it again.": "Indiquez-la de nouveau.",
  "No syslog collector is set.": "Aucun collecteur syslog n’est indiqué.",
  "Look whether it runs, and whether a firewall lets this server through.":
    "Regardez s’il tourne, et si un pare-feu laisse passer ce serveur.",
  "The syslog collector is not reached: {why}": "Le collecteur syslog n’est pas atteint : {why}",
  "{count} lines were left out: the syslog collector is too slow.":
    "{count} lignes ont été laissées de côté : le collecteur syslog est trop lent.",
  "The syslog collector takes what it is sent.": "Le collecteur syslog prend ce qui lui est envoyé.",
  "The collector was not reached: {why}.": "Le collecteur n’a pas été atteint : {why}.",
  "certificates are looked at with TLS only": "les certificats ne servent qu’avec TLS",
  "there is no such file on the server": "ce fichier n’existe pas sur le serveur",
  "Look whether it runs, and whether its disk is full.":
    "Regardez si elle tourne, et si son disque est plein.",
  "The database answers.": "La base de données répond.",
  "The clocks of this server and of the database do not agree.":
    "Les horloges de ce serveur et de la base de données ne s’accordent pas.",
  "Let both be set by NTP.": "Mettez les deux à l’heure par NTP.",
  "The clock is right.": "L’horloge est juste.",
  "{folder}: {free} MB are free.": "{folder} : {free} Mo sont libres.",
  "Make room on this disk.": "Faites de la place sur ce disque.",
  "This server has no certificate of its own.": "Ce serveur n’a pas de certificat à lui.",
  "The certificate cannot be read: {why}": "Le certificat n’est pas lisible : {why}",
  "The certificate is valid until {day}.": "Le certificat est valable jusqu’au {day}.",
  "Renew it, and start the server again.": "Renouvelez-le, et redémarrez le serveur.",
  "The licence file does not count: nobody more is let in.":
    "Le fichier de licence ne compte pas : personne de plus n’est admis.",
  "The page of licences says why.": "La page des licences dit pourquoi.",
  "The licence ends on {day}.": "La licence se termine le {day}.",
  "Ask for a new one with the voucher.": "Demandez-en une nouvelle avec le numéro de série.",
  "{application}: all {available} are in use; nobody more is let in.":
    "{application} : les {available} sont utilisées ; personne de plus n’y est admis.",
  "{application}: {used} use it, the licence has {available}.":
    "{application} : {used} l’utilisent, la licence en a {available}.",
  "Take authorisations away, or ask for a larger licence.":
    "Retirez des autorisations, ou demandez une licence plus large.",
  "{least} to {most} is expected": "de {least} à {most} est attendu",
  "{count} users sign in by NTLM without a domain: whoever reads what is kept for it can pass for them.":
    "{count} utilisateurs s’authentifient par NTLM sans domaine : qui lit ce qui est conservé pour cela peut se faire passer pour eux.",
  "Give the server a keytab with a key of HTTP/ and its name (TWS_KEYTAB), which it may read.":
    "Donnez au serveur un keytab avec une clé de HTTP/ suivi de son nom (TWS_KEYTAB), qu’il puisse lire.",
  "Set the clocks of this machine, of the computers and of the domain controllers alike: five minutes apart is too far.":
    "Mettez à la même heure cette machine, les postes et les contrôleurs de domaine : cinq minutes d’écart sont de trop.",
  "One alone may be anybody's. If users are not let in: make the keytab anew, from the account that has the name of the service.":
    "Un seul peut venir de n’importe qui. Si des utilisateurs n’entrent pas : refaites le keytab, à partir du compte qui porte le nom du service.",
  "{method}: {said}": "{method} : {said}",
  "Look whether it runs, and whether its address is right.":
    "Regardez s’il tourne, et si son adresse est juste.",
  "Nothing is said in clear text.":
    "Rien n’est dit en clair.",
  "In clear text, or to somebody unknown: {names}.":
    "En clair, ou à un inconnu : {names}.",
  "In clear text, or to somebody unknown: {names}, and {count} more.":
    "En clair, ou à un inconnu : {names}, et {count} autres.",
  "With TWS_TLS=strict only what TWS_TLS_EXCEPT names may be.":
    "Avec TWS_TLS=strict, seul ce que nomme TWS_TLS_EXCEPT peut l’être.",
  "TWS_TLS_EXCEPT allows it: encrypt it where that can be done.":
    "TWS_TLS_EXCEPT le permet : chiffrez-le là où c’est possible.",
};
