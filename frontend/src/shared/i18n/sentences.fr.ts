import { parameters } from "./parameters.fr.ts";

/**
 * What the server says of sources, values and rules, in French: by the English template
 * (`tws.sentences`). `{name}` stands for a parameter, in both.
 */
export const sentences: Readonly<Record<string, string>> = {
  ...parameters,
  // Devices.
  "Only devices with the protocol {protocol} have this.":
    "Seuls les postes du protocole {protocol} ont ce réglage.",
  "A host is a name or an IP address, without blanks.":
    "Un hôte est un nom ou une adresse IP, sans espaces.",
  // Configurations as files.
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
  "There is no directory {name} in {domain}.": "Il n’y a pas d’annuaire {name} dans {domain}.",
  "A secret is not in the file: set it afterwards.":
    "Un secret n’est pas dans le fichier : réglez-le ensuite.",
  // Mails, and what they say of incidents.
  "Somebody, probably you, has forgotten the password of {name} in TWS. Choose a new one here, once and within {minutes} minutes:":
    "Quelqu’un, sans doute vous, a oublié le mot de passe de {name} dans TWS. Choisissez-en un nouveau ici, une seule fois et dans les {minutes} minutes :",
  "If it was not you, do nothing: your password stays as it is.":
    "Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.",
  "TWS: a new password": "TWS : un nouveau mot de passe",
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
  "Link lost": "Connexion perdue",
  "Synchronisation failed": "Synchronisation en échec",
  "Synchronisation held": "Synchronisation en attente",
  "Import of users failed": "Import d’utilisateurs en échec",
  "Import of users held": "Import d’utilisateurs en attente",
  "Calendars not read": "Calendriers non lus",
  "Secret lost": "Secret perdu",
  "Service down": "Service arrêté",
  "Database away": "Base de données absente",
  "Clock wrong": "Horloge fausse",
  "Backup failed": "Sauvegarde en échec",
  "Disk nearly full": "Disque presque plein",
  "Licence": "Licence",
  "Certificate": "Certificat",
  "Mail not sent": "Courriel non envoyé",
  "Wrong passwords": "Mots de passe faux",
  "Which of them you are told is set in Administration, under your name.":
    "Ceux dont vous êtes averti se choisissent dans l’Administration, sous votre nom.",
  "Since {at}": "Depuis {at}",
  "{count} times": "{count} fois",
  "TWS: {what}": "TWS : {what}",
  "From {start} to {end}": "De {start} à {end}",
  "TWS: over: {what}": "TWS : terminé : {what}",
  "TWS: {count} incidents": "TWS : {count} incidents",
  "TWS: {count} incidents are over": "TWS : {count} incidents sont terminés",
  "What goes wrong:": "Ce qui va mal :",
  "What is over:": "Ce qui est terminé :",
  "All of them: {page}": "Tous : {page}",
  "{count} more.": "{count} de plus.",
  "No mail server is set: see the parameter {name}.":
    "Aucun serveur de courriel n’est réglé : voyez le paramètre {name}.",
  "The mail server took the mail to {to}.": "Le serveur de courriel a pris le courriel pour {to}.",
  "{to} is no address to which mails go.": "{to} n’est pas une adresse de courriel.",
  "an address such as name@company.example is expected":
    "une adresse comme nom@societe.example est attendue",
  "the name of a file is expected, without a folder":
    "le nom d’un fichier est attendu, sans dossier",
  "TWS: test mail": "TWS : courriel d’essai",
  "Mails of TWS arrive here.": "Les courriels de TWS arrivent ici.",
  // Imports of users.
  "longer than {most} characters": "plus de {most} caractères",
  "too long": "trop long",
  "a user name has no blanks": "un nom d’utilisateur n’a pas d’espace",
  "line breaks and control characters cannot be part of it":
    "ni retour à la ligne ni caractère de contrôle",
  "an e-mail address looks like name@company.example":
    "une adresse e-mail s’écrit nom@societe.exemple",
  "an extension is 1 to 32 of the digits 0-9 * # A-D +":
    "un poste s’écrit avec 1 à 32 des chiffres 0-9 * # A-D +",
  "user name": "nom d’utilisateur",
  "first name": "prénom",
  "last name": "nom",
  mobile: "portable",
  "e-mail": "e-mail",
  "private field {n}": "réservé {n}",
  "{number}": "{number}",
  "by the import {name}": "par l’import {name}",
  "No entry has anything in {field}: it stays as it is.":
    "Aucune entrée n’a de {field} : ce champ reste tel quel.",
  "{count} are not in the group: {why}": "{count} ne sont pas dans le groupe : {why}",
  "The source has more than {most} entries.": "La source a plus de {most} entrées.",
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
  "{why} (With the user's own account.)": "{why} (Avec le compte de l’utilisateur.)",
  "This source takes more than {most} MB of memory.":
    "Cette source demande plus de {most} Mo de mémoire.",
  "The reader ended without a word (code {code}).":
    "Le lecteur s’est arrêté sans un mot (code {code}).",
  "Nothing was read for {seconds} s.": "Rien n’a été lu pendant {seconds} s.",
  "It was not read within {seconds} s.": "La lecture n’était pas finie après {seconds} s.",
  "The reader failed ({what}).": "Le lecteur a échoué ({what}).",
  "The reader of {what} ended too early.": "Le lecteur s’est arrêté trop tôt : {what}.",
  "{what} said nothing for {seconds} seconds.": "{what} : aucune réponse en {seconds} secondes.",
  "{what} is damaged, or too large. {why}": "{what} : abîmé, ou trop gros. {why}",
  "Reading it needs more than {most} MB of memory: it has to be made smaller.":
    "Sa lecture demande plus de {most} Mo de mémoire : il faut le réduire.",
  "{one} {other}": "{one} {other}",
  "{who}: {what}": "{who} : {what}",
  "{field}: {what}": "{field} : {what}",
  "{server}: {said}.": "{server} : {said}.",
  "{product} on {host}": "{product} sur {host}",
  "line {line}": "ligne {line}",
  "line {line}: {why}": "ligne {line} : {why}",
  none: "aucun",
  "Type a number.": "Saisissez un numéro.",
  "This is too long for a phone number: {count} characters.":
    "C’est trop long pour un numéro de téléphone : {count} caractères.",
  "These are several numbers, choose one: {several}":
    "Ce sont plusieurs numéros, choisissez-en un : {several}",
  "A phone number has no letters: {letters}":
    "Un numéro de téléphone n’a pas de lettres : {letters}",
  "A phone number has no such sign: {signs}":
    "Un numéro de téléphone n’a pas ce signe : {signs}",
  "The rule {rule} of the dial plan leaves nothing of this number.":
    "La règle {rule} du plan de numérotation ne laisse rien de ce numéro.",
  "There is no digit in this number.": "Il n’y a aucun chiffre dans ce numéro.",
  "A contact needs a name, a company or an e-mail address.":
    "Un contact demande un nom, une société ou une adresse e-mail.",
  "A contact has at most {most} numbers.": "Un contact a {most} numéros au plus.",
  "This is too long for the name of a field: {most} characters at most.":
    "C’est trop long pour un nom de champ : {most} caractères au plus.",
  "The name of the source's field is missing.": "Le nom du champ de la source manque.",
  "No such option: {option}. There are a, h, i, l, m, p:…, u.":
    "Il n’y a pas d’option {option}. Les options sont a, h, i, l, m, p:…, u.",
  "Option p: there is nothing to put around the value.":
    "Option p : il n’y a rien à mettre autour de la valeur.",
  "{what} names no private field: write label=text.":
    "{what} ne désigne aucun champ réservé : écrire intitulé=texte.",
  "There are: {there}.": "Il y a : {there}.",
  "There is none.": "Il n’y en a aucun.",

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
  "The name of the file is missing.": "Le nom du fichier manque.",
  "There is no file {file} in the company's folder: send it there by the form of a directory.":
    "Il n’y a pas de fichier {file} dans le dossier de la société : envoyez-le par le formulaire d’un annuaire.",
  "{file} cannot be read: {said}.": "{file} ne peut être lu : {said}.",
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
  "no property: {line}": "pas une propriété : {line}",
  "{property} is no base64": "{property} n’est pas en base64",
  "it is empty": "elle est vide",
  "it has no end": "elle n’a pas de fin",
  "it has more than {most} MB": "elle dépasse {most} Mo",
  "nothing in it is kept: it is empty, or a group":
    "rien n’en est gardé : elle est vide, ou un groupe",
  "another card of this file has the same UID": "une autre carte de ce fichier a le même UID",
  "no name, no company and no e-mail address": "ni nom, ni société, ni adresse e-mail",
  "no identifier": "aucun identifiant",
  "an identifier that another entry has too": "un identifiant qu’une autre entrée a aussi",
  "These are no contacts of Outlook: the first line has none of its fields.":
    "Ce ne sont pas des contacts d’Outlook : la première ligne n’a aucun de ses champs.",
  "Nothing is read here: each user's computer sends the contacts of its Outlook, with `tws send-contacts` or by the operation sendContacts.":
    "Rien n’est lu ici : l’ordinateur de chaque utilisateur envoie les contacts de son Outlook, par « tws send-contacts » ou par l’opération sendContacts.",

  // Values, and columns.
  "{count} characters are no phone number": "{count} caractères ne font pas un numéro",
  "{count} characters, {most} are kept": "{count} caractères, {most} sont gardés",
  "{count} numbers, {most} are kept": "{count} numéros, {most} sont gardés",
  "{count} bytes, {most} at most": "{count} octets, {most} au plus",
  "neither a picture nor an address of one": "ni une image, ni l’adresse d’une image",
  "{number} is neither called nor recognised: {why}":
    "{number} n’est ni appelé, ni reconnu : {why}",
  "no digit in {number}": "aucun chiffre dans {number}",
  "the source has {count} columns {column}: only one of them is read":
    "la source a {count} colonnes {column} : une seule est lue",
  "the source has no column {column}; it has: {there}":
    "la source n’a pas de colonne {column} ; elle a : {there}",
  "The source has no column {column}, which tells contacts apart. It has: {there}.":
    "La source n’a pas de colonne {column}, qui distingue les contacts. Elle a : {there}.",
  "The source has none of the columns that the fields are filled from. It has: {there}.":
    "La source n’a aucune des colonnes qui remplissent les champs. Elle a : {there}.",

  // Pictures.
  "left for the next synchronisation": "remise à la prochaine synchronisation",
  "the source gives no pictures": "la source ne donne pas d’images",
  "an address that redirects too often": "une adresse qui renvoie trop souvent ailleurs",
  "its host does not answer": "son serveur ne répond pas",
  "an address that is not of the web": "une adresse qui n’est pas du web",
  "an address of this machine, which is not read":
    "une adresse de cette machine, qui n’est pas lue",
  "a picture of more than {most} bytes": "une image de plus de {most} octets",
  "a picture of more than {most} million pixels":
    "une image de plus de {most} millions de pixels",
  "a picture that cannot be read": "une image illisible",
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
  "something follows the filter: {text}": "quelque chose suit le filtre : {text}",
  "more than {most} filters within each other": "plus de {most} filtres l’un dans l’autre",
  "! takes one filter": "! prend un seul filtre",
  "a parenthesis is missing": "il manque une parenthèse",
  "not a comparison: {text}": "pas une comparaison : {text}",
  "neither an attribute nor a rule: {value}": "ni un attribut, ni une règle : {value}",
  "( is written \\28, * is written \\2a: {value}": "( s’écrit \\28, * s’écrit \\2a : {value}",
  "\\ is written \\5c": "\\ s’écrit \\5c",

  // LDAP.
  "{there} wants a user and a password.": "{there} demande un utilisateur et un mot de passe.",
  "{there} refuses {whom}: {account}.": "{there} refuse {whom} : {account}.",
  "{there} does not let {whom} read this{said}.": "{there} ne laisse pas {whom} lire ceci{said}.",
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

  // Regular expressions: what RE2 says.
  "bad repetition operator: {part}": "répétition de répétition : {part}",
  "invalid UTF-8: {part}": "UTF-8 incorrect : {part}",
  "invalid UTF-8": "UTF-8 incorrect",
  "invalid character class range: {part}": "intervalle de caractères incorrect : {part}",
  "invalid character class: {part}": "classe de caractères incorrecte : {part}",
  "invalid escape sequence: {part}": "séquence d’échappement incorrecte : {part}",
  "invalid named capture group: {part}": "groupe nommé incorrect : {part}",
  "invalid perl operator: {part}": "opérateur de Perl incorrect : {part}",
  "invalid repetition size: {part}": "nombre de répétitions incorrect : {part}",
  "missing ): {part}": "il manque ) : {part}",
  "missing ]: {part}": "il manque ] : {part}",
  "no argument for repetition operator: {part}": "rien n’est à répéter : {part}",
  "pattern too large - compile failed": "expression trop grande",
  "trailing \\": "\\ à la fin",
  "unexpected ): {part}": ") de trop : {part}",

  "The job “{job}” failed by an error inside TWS ({error}): its log says more.":
    "La tâche « {job} » a échoué par une erreur dans TWS ({error}) : son journal en dit plus.",
  "An error inside TWS ({error}): its log says more.":
    "Une erreur dans TWS ({error}) : son journal en dit plus.",
  "This version of TWS does not have it.": "Cette version de TWS ne l’a pas.",
  "The database is away.": "La base de données ne répond pas.",
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
  // Traces, and their replay.
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
  // What the doctor says.
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
  "Look whether {host} answers at port {port}, and whether CSTA is set up there: on an A5000 its port is 3211, and not always configured.":
    "Regardez si {host} répond au port {port}, et si CSTA y est configuré : sur un A5000 son port est 3211, et n’est pas toujours configuré.",
  "Every device of a link that is up is monitored.":
    "Tous les postes des connexions établies sont surveillés.",
  "{waiting} devices of {link} wait to be monitored ({monitored} of {capacity}).":
    "{waiting} postes de {link} attendent d’être surveillés ({monitored} sur {capacity}).",
  "Raise the link's capacity, if the PBX allows more.":
    "Augmentez la capacité de la connexion, si le PABX en permet plus.",
  "The PBX needs as many CSTA licences as there are devices.":
    "Il faut au PABX autant de licences CSTA qu’il y a de postes.",
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
  "The last backup succeeded.": "La dernière sauvegarde a réussi.",
  "The backup failed: {why}": "La sauvegarde a échoué : {why}",
  "The backup was not copied to the second place: {why}":
    "La sauvegarde n’a pas été copiée au second endroit : {why}",
  "Look whether the place is there and has room, then make one.":
    "Regardez si l’endroit existe et s’il y a de la place, puis faites-en une.",
  "{tries} wrong passwords within {minutes} minutes; {accounts} accounts wait. Most came from {address}.":
    "{tries} mots de passe faux en {minutes} minutes ; {accounts} comptes attendent. La plupart venaient de {address}.",
  "{directory} asks whether it may delete.": "{directory} demande s’il peut supprimer.",
  "Say yes, or cancel.": "Acceptez, ou annulez.",
  "{directory} is being read.": "{directory} est en cours de lecture.",
  "The reading of {directory} was cancelled.": "La lecture de {directory} a été annulée.",
  "The users of {directory} are being imported.":
    "L’import des utilisateurs de {directory} est en cours.",
  "The import of users of {directory} was cancelled.":
    "L’import d’utilisateurs de {directory} a été annulé.",
  "NTLM is checked by what is kept of the passwords of some users.":
    "NTLM est vérifié par ce qui est conservé des mots de passe de certains utilisateurs.",
  "The database could not be asked for the time.":
    "L’heure n’a pas pu être demandée à la base de données.",
  "A long wait is normal where there is much to read: let it go on.":
    "Une longue attente est normale quand il y a beaucoup à lire : n’interrompez pas.",
  "Every source of calendars was read when it was due.":
    "Chaque source de calendriers a été lue à temps.",
  "The calendars of {source} were not read: {why}":
    "Les calendriers de {source} n’ont pas été lus : {why}",
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

  "an address that begins with https:// is expected":
    "une adresse qui commence par https:// est attendue",
  "the name of a claim is expected, such as preferred_username":
    "le nom d’une revendication (claim) est attendu, comme preferred_username",
  "words with one blank between them are expected, with openid":
    "des mots séparés par une espace sont attendus, dont openid",
  "1 to {most} characters are expected": "1 à {most} caractères sont attendus",
  "a host name or an address is expected": "un nom d’hôte ou une adresse est attendu",
  "an address or a host name is expected, without blanks or '/'":
    "une adresse ou un nom d’hôte est attendu, sans espace ni « / »",
  "{least} to {most} is expected": "de {least} à {most} est attendu",
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
  "{said} {refused}": "{said} {refused}",
  "{said} {more}": "{said} {more}",
  "{count} users sign in by NTLM without a domain: whoever reads what is kept for it can pass for them.":
    "{count} utilisateurs s’authentifient par NTLM sans domaine : qui lit ce qui est conservé pour cela peut se faire passer pour eux.",
  "NTLM is checked by {program}.": "NTLM est vérifié par {program}.",
  "{program} is no program that TWS may run.": "{program} n’est pas un programme que TWS peut lancer.",
  "{program} cannot be asked: {why}": "{program} ne peut pas être interrogé : {why}",
  "Give the server a keytab with a key of HTTP/ and its name (TWS_KEYTAB), which it may read.":
    "Donnez au serveur un keytab avec une clé de HTTP/ suivi de son nom (TWS_KEYTAB), qu’il puisse lire.",
  "Set the clocks of this machine, of the computers and of the domain controllers alike: five minutes apart is too far.":
    "Mettez à la même heure cette machine, les postes et les contrôleurs de domaine : cinq minutes d’écart sont de trop.",
  "One alone may be anybody's. If users are not let in: make the keytab anew, from the account that has the name of the service.":
    "Un seul peut venir de n’importe qui. Si des utilisateurs n’entrent pas : refaites le keytab, à partir du compte qui porte le nom du service.",
  "sent in an application session only, and session is off":
    "transmis seulement dans une session d’application, or la session est désactivée",
  "of no use, since devices are written {device}: device_id":
    "inutile, puisque les postes s’écrivent {device} : device_id",
};
