/** What sources say, in French. */
export const connectors: Readonly<Record<string, string>> = {
  // Mail servers.
  "The certificate of {host} is not trusted ({said}), or it speaks no TLS at port {port}.":
    "Le certificat de {host} n’est pas reconnu ({said}), ou il ne parle pas TLS sur le port {port}.",
  "{host} offers no encryption: the password is not sent in clear text.":
    "{host} ne propose aucun chiffrement : le mot de passe n’est pas envoyé en clair.",
  "{host} asks for no account: leave it empty.":
    "{host} ne demande aucun compte : laissez-le vide.",
  "{host} does not take the account {account}: {said}":
    "{host} refuse le compte {account} : {said}",
  "{host} takes no mail for {to}: {said}": "{host} n’accepte aucun courriel pour {to} : {said}",
  "{host} takes no mail for {to} now: {said}":
    "{host} n’accepte pas maintenant de courriel pour {to} : {said}",
  "{host} takes no mail from {sender}: {said}":
    "{host} n’accepte aucun courriel de {sender} : {said}",
  "{host} does not take the mail: {said}": "{host} refuse le courriel : {said}",
  "{host} does not answer at port {port} in time.":
    "{host} ne répond pas à temps sur le port {port}.",
  "No mail can be given to {host} at port {port}: {said}":
    "Aucun courriel ne peut être remis à {host} sur le port {port} : {said}",
  "The file of certificates {file} cannot be read.":
    "Le fichier de certificats {file} ne se lit pas.",
  "{host} offers no STARTTLS.": "{host} ne propose pas STARTTLS.",
  // What several kinds of sources say.
  "{title} is not read with users' own accounts.":
    "{title} ne se lit pas avec les comptes des utilisateurs.",
  "Users' own contacts need {mailbox} or {user} in {template}.":
    "Les contacts de chacun demandent {mailbox} ou {user} dans {template}.",
  "{template} is of users' own contacts: this directory is public.":
    "{template} désigne les contacts de chacun : cet annuaire est public.",
  "{mailbox} cannot stand in an address.": "{mailbox} ne peut figurer dans une adresse.",
  "Nobody with an e-mail address may look into this directory.":
    "Personne qui ait une adresse e-mail n’a le droit de consulter cet annuaire.",
  "This source takes more than {most} MB of memory.":
    "Cette source demande plus de {most} Mo de mémoire.",
  "The reader failed ({what}).": "Le lecteur a échoué ({what}).",
  "The reader of {what} ended too early.": "Le lecteur s’est arrêté trop tôt : {what}.",
  "{what} said nothing for {seconds} seconds.": "{what} : aucune réponse en {seconds} secondes.",
  "{what} is damaged, or too large. {why}": "{what} : abîmé, ou trop gros. {why}",
  "Reading it needs more than {most} MB of memory: it has to be made smaller.":
    "Sa lecture demande plus de {most} Mo de mémoire : il faut le réduire.",
  "{server}: {said}.": "{server} : {said}.",
  "{product} on {host}": "{product} sur {host}",
  none: "aucun",
  "There are: {there}.": "Il y a : {there}.",
  "There is none.": "Il n’y en a aucun.",
  // Files.
  "The name of the file is missing.": "Le nom du fichier manque.",
  "There is no file {file} in the company's folder: send it there by the form of a directory.":
    "Il n’y a pas de fichier {file} dans le dossier de la société : envoyez-le par le formulaire d’un annuaire.",
  "{file} is no certificate in PEM form.": "{file} n’est pas un certificat au format PEM.",
  "{file} is no text: a workbook is read as an Excel file.":
    "{file} n’est pas du texte : un classeur se lit comme fichier Excel.",
  "{file} is no text, or is UTF-16: then choose that encoding.":
    "{file} n’est pas du texte, ou est en UTF-16 : choisissez alors ce codage.",
  "{file} is written neither in UTF-8 nor in Windows-1252: save it in UTF-8.":
    "{file} n’est écrit ni en UTF-8, ni en Windows-1252 : enregistrez-le en UTF-8.",
  "{file} is not written in {encoding}: choose its encoding.":
    "{file} n’est pas écrit en {encoding} : choisissez son codage.",
  "{file} has no first line with the names of its fields.":
    "{file} n’a pas de première ligne avec les noms des champs.",
  "{file}, line {line}: a quote that opens in this row is not closed.":
    "{file}, ligne {line} : un guillemet ouvert dans cette ligne n’est pas fermé.",
  "{file}, line {line}: a field has more than {most} lines: a quote that opens in this row is not closed.":
    "{file}, ligne {line} : un champ a plus de {most} lignes : un guillemet ouvert dans cette ligne n’est pas fermé.",
  "{file}, line {line}: a quote is closed, and the field goes on behind it.":
    "{file}, ligne {line} : un guillemet est fermé, et le champ continue derrière.",
  "{file} has no table {table}. There are: {there}.":
    "{file} n’a pas de table {table}. Il y a : {there}.",
  "{file} has no tables.": "{file} n’a aucune table.",
  "{file} is no Access database, or a damaged one.":
    "{file} n’est pas une base Access, ou elle est abîmée.",
  "{name} is not on this machine: install its package (Debian: mdbtools).":
    "{name} n’est pas sur cette machine : installez son paquet (Debian : mdbtools).",
  "Only a whole sheet can be read: write [{sheet}$].":
    "Seule une feuille entière peut être lue : écrivez [{sheet}$].",
  "{file} is protected by a password: save it without.":
    "{file} est protégé par un mot de passe : enregistrez-le sans.",
  "{file} is no Excel file, or a damaged one.":
    "{file} n’est pas un fichier Excel, ou il est abîmé.",
  "{file} has no sheet.": "{file} n’a aucune feuille.",
  "{file} has no sheet {sheet}. There are: {there}.":
    "{file} n’a pas de feuille {sheet}. Il y a : {there}.",
  "{file}: the sheet {sheet} is empty.": "{file} : la feuille {sheet} est vide.",
  "{file}: the first line of the sheet {sheet} must have the names of the columns, and {cell} is none.":
    "{file} : la première ligne de la feuille {sheet} doit avoir les noms des colonnes, et {cell} n’en est pas un.",
  // vCards.
  "There is no vCard in {file}.": "Il n’y a pas de vCard dans {file}.",
  "There is no vCard in {file} ({why}).": "Il n’y a pas de vCard dans {file} ({why}).",
  "These are no contacts of Outlook: the first line has none of its fields.":
    "Ce ne sont pas des contacts d’Outlook : la première ligne n’a aucun de ses champs.",
  "Nothing is read here: each user's computer sends the contacts of its Outlook, with `tws send-contacts` or by the operation sendContacts.":
    "Rien n’est lu ici : l’ordinateur de chaque utilisateur envoie les contacts de son Outlook, par « tws send-contacts » ou par l’opération sendContacts.",
  // Pictures.
  "an address that redirects too often": "une adresse qui renvoie trop souvent ailleurs",
  "its host does not answer": "son serveur ne répond pas",
  "an address that is not of the web": "une adresse qui n’est pas du web",
  "an address of this machine, which is not read":
    "une adresse de cette machine, qui n’est pas lue",
  "a picture of more than {most} bytes": "une image de plus de {most} octets",
  "a picture of more than {most} million pixels":
    "une image de plus de {most} millions de pixels",
  "a picture that takes too much memory": "une image qui demande trop de mémoire",
  "its address is too slow": "son adresse est trop lente",
  "its address answers {status}": "son adresse répond {status}",
  "its address does not answer": "son adresse ne répond pas",
  "a host that is not known": "un serveur inconnu",
  // Databases, ODBC.
  "{title}: the name of the server is missing, or is none.":
    "{title} : le nom du serveur manque, ou n’en est pas un.",
  "SQL Server: certificates cannot be verified here. Choose TLS required, or a DSN of Microsoft's ODBC driver.":
    "SQL Server : les certificats ne peuvent être vérifiés ici. Choisissez TLS « required », ou un DSN du pilote ODBC de Microsoft.",
  'The ODBC driver "{wanted}" is not installed on this machine. {known}{more}':
    "Le pilote ODBC « {wanted} » n’est pas installé sur cette machine. {known}{more}",
  ' For an AS/400 it is IBM\'s "{name}", of IBM i Access Client Solutions.':
    " Pour un AS/400, c’est « {name} » d’IBM, de IBM i Access Client Solutions.",
  "unixODBC is not installed on this machine: install it (Debian: unixodbc).":
    "unixODBC n’est pas installé sur cette machine : installez-le (Debian : unixodbc).",
  "unixODBC is not installed on this machine: install it (Debian: unixodbc), and IBM's driver for the AS/400, {driver}, of IBM i Access Client Solutions.":
    "unixODBC n’est pas installé sur cette machine : installez-le (Debian : unixodbc), et le pilote d’IBM pour l’AS/400, {driver}, de IBM i Access Client Solutions.",
  "{key}: a ; with a = behind it is not accepted here.":
    "{key} : un ; suivi d’un = n’est pas accepté ici.",
  "{key} is not accepted here: put it into a DSN.":
    "{key} n’est pas accepté ici : mettez-le dans un DSN.",
  "{key}: no path is accepted here.": "{key} : aucun chemin n’est accepté ici.",
  "HDR=No: the first line must have the names of the fields.":
    "HDR=No : la première ligne doit avoir les noms des champs.",
  "A file has no SELECT: give the name of the sheet or table.":
    "Un fichier n’a pas de SELECT : donnez le nom de la feuille ou de la table.",
  "Windows accounts do not work from here: give a user and a password of the database.":
    "Les comptes Windows ne marchent pas d’ici : donnez un utilisateur et un mot de passe de la base.",
  "The port in the connection string is no number.":
    "Le port de la chaîne de connexion n’est pas un nombre.",
  "Oracle: names of a tnsnames.ora are not known here: write host:1521/service instead.":
    "Oracle : les noms d’un tnsnames.ora ne sont pas connus ici : écrivez hôte:1521/service.",
  "Which table is to be read? Give its name, or a SELECT.":
    "Quelle table faut-il lire ? Donnez son nom, ou un SELECT.",
  "The DSN {name}": "Le DSN {name}",
  "The driver {name}": "Le pilote {name}",
  "With a DSN only user and password are given here, not {key}.":
    "Avec un DSN, seuls l’utilisateur et le mot de passe se donnent ici, non {key}.",
  "The name of the DSN has signs that no DSN has.":
    "Le nom du DSN a des signes qu’aucun DSN n’a.",
  "The connection string names neither a driver nor a DSN.":
    "La chaîne de connexion ne nomme ni pilote ni DSN.",
  "A driver is named as it is registered, not by its file.":
    "Un pilote se désigne par le nom sous lequel il est enregistré, non par son fichier.",
  'Nothing here stands for the OLE DB provider "{name}". Known are those for SQL Server, Oracle, MySQL, PostgreSQL, Excel, text, Access and ODBC (MSDASQL).':
    "Rien ici ne remplace le fournisseur OLE DB « {name} ». Sont connus ceux de SQL Server, Oracle, MySQL, PostgreSQL, Excel, du texte, d’Access et d’ODBC (MSDASQL).",
  "A quote in the SELECT is never closed.": "Un guillemet du SELECT n’est jamais fermé.",
  "Comments are not accepted here: take them out.":
    "Les commentaires ne sont pas acceptés ici : enlevez-les.",
  "# is not accepted here, but in a quoted name.":
    "# n’est accepté ici que dans un nom entre guillemets.",
  "Only one statement is accepted: there is a ; in the middle.":
    "Une seule instruction est acceptée : il y a un ; au milieu.",
  "A backslash is not accepted here.": "La barre oblique inverse n’est pas acceptée ici.",
  "The SELECT is too long: {most} characters at most.":
    "Le SELECT est trop long : {most} caractères au plus.",
  "This is neither the name of a table nor a SELECT.":
    "Ce n’est ni le nom d’une table, ni un SELECT.",
  "Only a SELECT is accepted, and {word} changes something. If it is the name of a column, write it in quotes.":
    "Seul un SELECT est accepté, et {word} change quelque chose. Si c’est le nom d’une colonne, écrivez-le entre guillemets.",
  "Quotes of the form q'[…]' are not accepted here.":
    "Les guillemets de la forme q'[…]' ne sont pas acceptés ici.",
  // What a form finds wrong with its fields.
  "a connection string has {most} characters at most":
    "une chaîne de connexion a au plus {most} caractères",
  "a connection string is made of key=value; this one is not":
    "une chaîne de connexion est faite de clé=valeur ; celle-ci non",
  "a { in the connection string is never closed by a } before a ;":
    "un { de la chaîne de connexion n’est jamais fermé par un } avant un ;",
  "a quote in the connection string is never closed before a ;":
    "un guillemet de la chaîne de connexion n’est jamais fermé avant un ;",
  "an address such as https://host/path is expected":
    "une adresse comme https://hôte/chemin est attendue",
  "user and password belong into their own fields":
    "utilisateur et mot de passe vont dans leurs propres champs",
  "{name} looks like a secret, and addresses are shown: it belongs into the field of the password, token or key":
    "{name} ressemble à un secret, et les adresses s’affichent : sa place est dans le champ du mot de passe, du jeton ou de la clé",
  "|public|folder,folder/sub or |user may follow the address":
    "|public|dossier,dossier/sous-dossier ou |user peut suivre l’adresse",
  "Exchange Online is read with Office 365 (Microsoft Graph)":
    "Exchange Online se lit avec Office 365 (Microsoft Graph)",
  "a name or an address alone is expected, without ldap://":
    "un nom ou une adresse seule est attendu, sans ldap://",
  "write it as postgresql://host:port/database; special signs of a password are written %40 for @, or in its own field":
    "écrivez postgresql://hôte:port/base ; les signes spéciaux d’un mot de passe s’écrivent %40 pour @, ou dans son propre champ",
  "begin with one of {schemes}": "commencez par l’un de {schemes}",
  "the name of a host is expected, and perhaps its port":
    "le nom d’un serveur est attendu, et peut-être son port",
  "{product} has no option of that name here": "{product} n’a pas ici d’option de ce nom",
  // LDAP.
  "{there} wants a user and a password.": "{there} demande un utilisateur et un mot de passe.",
  "{there} refuses {whom}: {account}.": "{there} refuse {whom} : {account}.",
  "{there} does not let {whom} read this{said}.": "{there} ne laisse pas {whom} lire ceci{said}.",
  "No LDAP server is named to sign in by: set {parameter}.":
    "Aucun serveur LDAP n’est nommé pour l’authentification : renseignez {parameter}.",
  "{there} wants an encrypted connection: choose StartTLS or LDAPS.":
    "{there} demande une connexion chiffrée : choisissez StartTLS ou LDAPS.",
  "{there} does not give everything to {whom}{said}: its administrator must raise the limit, or choose a smaller page here.":
    "{there} ne donne pas tout à {whom}{said} : son administrateur doit relever la limite, ou choisissez ici une page plus petite.",
  "{whom} finds no {base} on {there}{found}: look at the base DN, and at the user's rights.":
    "{whom} ne trouve pas {base} sur {there}{found} : voyez le DN de base, et les droits de l’utilisateur.",
  "; {matched} is there": " ; {matched} y est",
  "{base} is not a base DN for {there}{said}.": "{base} n’est pas un DN de base pour {there}{said}.",
  "{base} is not on {there}, but elsewhere{said}.":
    "{base} n’est pas sur {there}, mais ailleurs{said}.",
  "{there} does not understand {filter}{said}.": "{there} ne comprend pas {filter}{said}.",
  "{there} took longer than it allows itself{said}.":
    "{there} a mis plus de temps qu’il ne s’en accorde{said}.",
  "{there} is busy{said}.": "{there} est occupé{said}.",
  "{there} refuses, with code {code}{said}.": "{there} refuse, avec le code {code}{said}.",
  "an anonymous reader": "un lecteur anonyme",
  "there is no such user": "cet utilisateur n’existe pas",
  "the user or the password is wrong": "l’utilisateur ou le mot de passe est faux",
  "the user may not log on at this hour": "l’utilisateur n’a pas accès à cette heure",
  "the user may not log on from this machine": "l’utilisateur n’a pas accès depuis cette machine",
  "the password has expired": "le mot de passe a expiré",
  "the account is disabled": "le compte est désactivé",
  "the account has expired": "le compte a expiré",
  "the password must be changed first": "le mot de passe doit d’abord être changé",
  "the account is locked": "le compte est verrouillé",
  "There is no machine named {host}: look at the host.":
    "Aucune machine ne s’appelle {host} : voyez l’hôte.",
  "Nothing answers on port {port} of {host}: look at the port.":
    "Rien ne répond sur le port {port} de {host} : voyez le port.",
  "{host} does not answer within {seconds} seconds.":
    "{host} ne répond pas en {seconds} secondes.",
  "{host} has closed the connection on port {port}. At the first attempt: look at the port, and at the encryption.":
    "{host} a fermé la connexion sur le port {port}. Au premier essai : voyez le port, et le chiffrement.",
  "{host} cannot be reached: {said}.": "{host} est injoignable : {said}.",
  "{host} ends the connection{said}.": "{host} met fin à la connexion{said}.",
  "The certificate of {host} is not trusted ({said}): name the file of the one that signed it, and the host as the certificate has it.":
    "Le certificat de {host} n’est pas reconnu ({said}) : nommez le fichier de celui qui l’a signé, et l’hôte tel que le certificat le nomme.",
  "{host} does not speak TLS on port {port}: look at the port, and at the encryption.":
    "{host} ne parle pas TLS sur le port {port} : voyez le port, et le chiffrement.",
  "{host} gives empty pages without an end.": "{host} donne sans fin des pages vides.",
  "{host} does not offer StartTLS: choose LDAPS or none.":
    "{host} n’offre pas StartTLS : choisissez LDAPS ou none.",
  "{host} does not answer as LDAP does: {said}.": "{host} ne répond pas comme LDAP : {said}.",
  // HTTP.
  "This is no address that can be read.": "Cette adresse ne peut être lue.",
  "There is no host {host}.": "Il n’y a pas de serveur {host}.",
  "The name {host} cannot be looked up at present.":
    "Le nom {host} ne peut être cherché pour le moment.",
  "{host} cannot be asked: a header has characters that none may have.":
    "{host} ne peut être interrogé : un en-tête a des caractères interdits.",
  "The certificate of {host} is not trusted ({said}): give the certificate of its authority.":
    "Le certificat de {host} n’est pas reconnu ({said}) : donnez celui de son autorité.",
  "{host} does not speak TLS at port {port}: is http meant instead of https?":
    "{host} ne parle pas TLS sur le port {port} : est-ce http au lieu de https ?",
  "{host} takes no connections at port {port}: is it running?":
    "{host} n’accepte pas de connexion sur le port {port} : est-il en marche ?",
  "{host} cannot be reached at port {port}.": "{host} est injoignable sur le port {port}.",
  "{host} broke off before its answer was complete, or speaks no HTTP.":
    "{host} s’est interrompu avant la fin de sa réponse, ou ne parle pas HTTP.",
  "{host} refuses the user or the password {because}.":
    "{host} refuse l’utilisateur ou le mot de passe {because}.",
  "{host} does not allow this account to read {path} {because}.":
    "{host} ne permet pas à ce compte de lire {path} {because}.",
  "{host} has nothing at {path} {because}.": "{host} n’a rien sous {path} {because}.",
  "{host} is too busy {because}.": "{host} est trop occupé {because}.",
  "{host} is too busy.": "{host} est trop occupé.",
  "{host} failed {because}.": "{host} a échoué {because}.",
  "{host} does not answer what is asked of it at {path} {because}.":
    "{host} ne répond pas à ce qui lui est demandé sous {path} {because}.",
  "{host} sends us to {scheme}://{other}:{port}, where our password is not sent: enter that address if it is right.":
    "{host} nous renvoie à {scheme}://{other}:{port}, où notre mot de passe n’est pas envoyé : entrez cette adresse si elle est la bonne.",
  "{host} asks to be left alone for {seconds} seconds.":
    "{host} demande qu’on le laisse tranquille {seconds} secondes.",
  "{host} answers with more than {most} MB at once: ask for less, or in pages.":
    "{host} répond avec plus de {most} Mo d’un coup : demandez moins, ou par pages.",
  "{host} takes more than {seconds} seconds for one answer.":
    "{host} met plus de {seconds} secondes pour une réponse.",
  "{host} answers with a document type, which is not read.":
    "{host} répond avec un type de document (DTD), qui n’est pas lu.",
  "What {host} answers is not JSON: {said}.": "La réponse de {host} n’est pas du JSON : {said}.",
  "What {host} answers is not XML: {said}.": "La réponse de {host} n’est pas du XML : {said}.",
  "What {host} answers is not iCalendar.": "La réponse de {host} n’est pas de l’iCalendar.",
  "What {host} answers at this address is not EWS, whose address ends with /ews/exchange.asmx.":
    "La réponse de {host} à cette adresse n’est pas de l’EWS, dont l’adresse finit par /ews/exchange.asmx.",
  "{host} gives no access: {said}.": "{host} ne donne pas accès : {said}.",
  "{host} answers without an access token.": "{host} répond sans jeton d’accès.",
  "{host} answers without a token.": "{host} répond sans jeton.",
  "{host} answers without a list of events.": "{host} répond sans liste d’événements.",
  "{host} answers without a list of documents.": "{host} répond sans liste de documents.",
  "{host} answers without a list {name}.": "{host} répond sans liste {name}.",
  "{host} answers without a list at {path}.": "{host} répond sans liste sous {path}.",
  "{host} gives the same page again.": "{host} redonne la même page.",
  "{host} gives the same page again: is paging right?":
    "{host} redonne la même page : la pagination est-elle la bonne ?",
  "There is no list at {place} of what {host} answers: {shape}.":
    "Il n’y a pas de liste à {place} dans la réponse de {host} : {shape}.",
  "the top": "la racine",
  "it has {names}": "elle a {names}",
  nothing: "rien",
  "it is a {kind}": "c’est un {kind}",
  "the public folders": "les dossiers publics",
  "The list holds something else than objects.":
    "La liste contient autre chose que des objets.",
  // CardDAV, calendars.
  "The server gives only a part of what it has.":
    "Le serveur ne donne qu’une partie de ce qu’il a.",
  "The server does not give one event ({status}).":
    "Le serveur ne donne pas un événement ({status}).",
  "The server does not give one card ({status}).":
    "Le serveur ne donne pas une carte ({status}).",
  "The server does not give all cards that it has.":
    "Le serveur ne donne pas toutes les cartes qu’il a.",
  "There is no {title} at this address.": "À cette adresse il n’y a pas : {title}.",
  "There is no {title} {missing}; there are: {there}.":
    "Introuvable ({title}) : {missing} ; il y a : {there}.",
  "The calendar at {host} has more than {most} MB: publish less.":
    "Le calendrier de {host} dépasse {most} Mo : publiez-en moins.",
  // Exchange, Microsoft 365, Google.
  "Exchange answers {said}.": "Exchange répond {said}.",
  "Exchange answers with an error without words.": "Exchange répond par une erreur sans un mot.",
  "Exchange answers without the folder that was asked for.":
    "Exchange répond sans le dossier demandé.",
  "Exchange gives the same page of a folder again.":
    "Exchange redonne la même page d’un dossier.",
  "Exchange answers with an attachment that is no base64.":
    "Exchange répond avec une pièce jointe qui n’est pas en base64.",
  "Exchange does not answer for everybody who was asked for.":
    "Exchange ne répond pas pour tous ceux qui étaient demandés.",
  "Exchange tells nothing of this calendar: it is not shared with the account.":
    "Exchange ne dit rien de ce calendrier : il n’est pas partagé avec le compte.",
  "Exchange answers with an event that has no time.":
    "Exchange répond avec un événement sans heure.",
  "There is no folder {name} in {above}; there are: {there}.":
    "Il n’y a pas de dossier {name} dans {above} ; il y a : {there}.",
  "This is no address of EWS. Exchange 2003 and 2007 by WebDAV are not read; a newer server answers the connector Exchange at https://{host}/ews/exchange.asmx{folders}, and Exchange Online is read with Office 365 (Microsoft Graph).":
    "Cette adresse n’est pas celle d’EWS. Exchange 2003 et 2007 par WebDAV ne sont pas lus ; un serveur plus récent répond au connecteur Exchange à l’adresse https://{host}/ews/exchange.asmx{folders}, et Exchange Online se lit avec Office 365 (Microsoft Graph).",
  "Graph answers with an event that has no time.": "Graph répond avec un événement sans heure.",
  "Google answers with an event that has no time.": "Google répond avec un événement sans heure.",
  "The user as whom the domain's directory is read is missing.":
    "Il manque l’utilisateur au nom duquel l’annuaire du domaine est lu.",
  "{file} is no key of a service account, or its password differs.":
    "{file} n’est pas une clé de compte de service, ou son mot de passe est autre.",
  "{file} is a key of {found}, not of {account}.":
    "{file} est une clé de {found}, non de {account}.",
  "{user} is no user of the Google domain {domain}.":
    "{user} n’est pas un utilisateur du domaine Google {domain}.",
  // Windows.
  "Tickets of Kerberos cannot be read: install the package {package} of this system.":
    "Les tickets Kerberos ne peuvent pas être lus : installez le paquet {package} de ce système.",
  "The last ticket that was refused came at {when}: {why}":
    "Le dernier ticket refusé est arrivé à {when} : {why}",
  "The keytab {file} cannot be read: {why}": "Le keytab {file} ne peut pas être lu : {why}",
  "The keytab {file} has no key of a service {service}.":
    "Le keytab {file} n’a aucune clé d’un service {service}.",
  "The keytab has weak keys only, which a domain may refuse: {keys}.":
    "Le keytab n’a que des clés faibles, qu’un domaine peut refuser : {keys}.",
  "The keytab has keys of {keys}.": "Le keytab a les clés de {keys}.",
  "{said} {more}": "{said} {more}",
  "NTLM is checked by {program}.": "NTLM est vérifié par {program}.",
  "{program} is no program that TWS may run.": "{program} n’est pas un programme que TWS peut lancer.",
  "{program} cannot be asked: {why}": "{program} ne peut pas être interrogé : {why}",
  "{issuer} has no key by which TWS can check.":
    "{issuer} n’a aucune clé par laquelle TWS puisse vérifier.",
  "{url} answers {status}.": "{url} répond {status}.",
  "{url} takes more than {seconds} seconds.": "{url} met plus de {seconds} secondes.",
  "{url} sends us elsewhere.": "{url} nous renvoie ailleurs.",
  "{url} answers with no JSON object.": "{url} ne répond pas par un objet JSON.",
  "{url} has no keys.": "{url} n’a pas de clés.",
  "{issuer} calls itself {name}.": "{issuer} se nomme lui-même {name}.",
  "{issuer} has no {endpoint} that is safe.": "{issuer} n’a pas de {endpoint} qui soit sûr.",
  // Tchat avec l'extérieur (XMPP).
  "{host} does not answer.": "{host} ne répond pas.",
  "{host} cannot be reached.": "{host} ne peut pas être joint.",
  "{host} is no server outside.": "{host} n’est pas un serveur extérieur.",
  "There is no server {host}.": "Il n’y a pas de serveur {host}.",
  "{host} broke off the connection.": "{host} a rompu la connexion.",
  "What {host} sent was not understood.": "Ce que {host} a envoyé n’a pas été compris.",
  "{host} offers no encryption.": "{host} n’offre pas de chiffrement.",
  "{host} cannot sign anybody in now.": "{host} ne peut connecter personne en ce moment.",
  "{host} ended the connection ({said}).": "{host} a mis fin à la connexion ({said}).",
  "{host} refuses the address or the password.": "{host} refuse l’adresse ou le mot de passe.",
  "{host} offers no way of signing in that is known here.":
    "{host} n’offre aucun moyen de se connecter qui soit connu ici.",
  "{host} does not serve addresses of {domain}.": "{host} ne sert pas les adresses de {domain}.",
  "Another program took the place of this one at {host}.":
    "Un autre programme a pris la place de celui-ci chez {host}.",
  "{host} sent a definition of its own, which XMPP forbids.":
    "{host} a envoyé une définition à lui, ce que XMPP interdit.",
  "{host} sent too much at once.": "{host} a envoyé trop de choses à la fois.",
  "The certificate of {host} is not trusted ({said}).":
    "Le certificat de {host} n’est pas digne de confiance ({said}).",
  "The LDAP server {host} answers.": "Le serveur LDAP {host} répond.",
  // Gateways of text messages.
  "{host} has no address of the Internet.": "{host} n’a pas d’adresse sur Internet.",
  "{host} is an address of this machine itself, which is not asked.":
    "{host} est une adresse de cette machine même, qui n’est pas interrogée.",
  "{host} answers with more than {most} kB.": "{host} répond par plus de {most} ko.",
  "{host} does not take the message: {said}": "{host} ne prend pas le message : {said}",
  "{host} does not take the message (status {status}).":
    "{host} ne prend pas le message (état {status}).",
  "{host} broke off before it said whether it took the message.":
    "{host} a coupé avant de dire s’il avait pris le message.",
  "{host} failed (status {status}).": "{host} a échoué (état {status}).",
  "{host} does not take the account {account} (status {status}).":
    "{host} n’accepte pas le compte {account} (état {status}).",
  "{host} refuses the session (status {status}).": "{host} refuse la session (état {status}).",
  "{host} does not answer at port {port}.": "{host} ne répond pas sur le port {port}.",
  "The operator says: {said}": "L’opérateur dit : {said}",
  "The gateway says: {said}": "La passerelle dit : {said}",
  "This is not the key.": "Ce n’est pas la clé.",
  "There is no {name} in what is told.": "Il n’y a pas de {name} dans ce qui est annoncé.",
  "{most} characters at most": "{most} caractères au plus",
  "lines such as {line} are expected": "des lignes comme {line} sont attendues",
  "{least} to {most} letters and digits are expected":
    "{least} à {most} lettres et chiffres sont attendus",
  "the places of the text and of the number stand in the address or here: {places}":
    "les places du texte et du numéro sont dans l’adresse ou ici : {places}",
  "the places of the text and of the number stand here: {places}":
    "les places du texte et du numéro sont ici : {places}",
  "The operation {operation} sends nothing.": "L’opération {operation} n’envoie rien.",
  "The operation {operation} has other arguments: {said}.":
    "L’opération {operation} a d’autres arguments : {said}.",
  "The description has no operation {operation}: it has {offered}.":
    "La description n’a pas d’opération {operation} : elle a {offered}.",
  "The description imports {url}, which is not at its own host: it is not read.":
    "La description importe {url}, qui n’est pas sur son propre serveur : ce n’est pas lu.",
  "The description imports more than {most} documents.":
    "La description importe plus de {most} documents.",
  "The description sends us to {host}, where our key is not sent: enter that address if it is right.":
    "La description nous envoie à {host}, où notre clé n’est pas envoyée : saisissez cette adresse si elle est juste.",
  "What {host} describes cannot be used: {said}.":
    "Ce que décrit {host} ne peut être utilisé : {said}.",
  "What {host} answers is not understood: {said}":
    "La réponse de {host} n’est pas comprise : {said}",
};
