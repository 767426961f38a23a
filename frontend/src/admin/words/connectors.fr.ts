const who = "Qui a le droit de lire. Vide : anonyme.";
const host = "Nom ou adresse. Avec TLS : celui du certificat.";

/** The help of connectors' settings in French; `any`: those that mean the same everywhere. */
export const connectors = {
  any: {
    host,
    port: "Vide : 389, ou 636 avec LDAPS.",
    tls: "Aucun : le mot de passe peut être écouté.",
    ca_file:
      "Certificat de son autorité, ou le sien (PEM) : un fichier du dossier de la société.",
    verify: "Vérifier le certificat du serveur.",
    filter: "Quelles entrées (RFC 4515).",
    attributes: "Ceux-là seulement, séparés par des virgules. Vide : tous.",
    page_size: "Entrées demandées à la fois ; 0 : toutes.",
    size_limit: "Entrées lues au plus ; 0 : toutes.",
    timeout: "Secondes d’attente pour chaque réponse.",
    file: "Son nom ; il se trouve dans le dossier de la société.",
    table: "Son nom, ou un SELECT.",
  },
  a5000_int: { base: "Par exemple ou=people,ou=local,o=company,dc=domain,dc=com.", user: who },
  a5000_ext: { base: "Par exemple ou=people,ou=local,o=company,dc=domain,dc=com.", user: who },
  ldap: { base: "DN de base, par exemple ou=people,dc=company,dc=com.", user: who },
  active_directory: {
    base: "DN de base, par exemple dc=company,dc=local.",
    user: "Par exemple reader@company.local.",
    filter: "Quelles entrées ; tel quel, sans les comptes désactivés.",
  },
  domino_ldap: {
    base: "L’organisation, par exemple o=company.",
    user: "Par exemple cn=Reader,o=company.",
  },
  domino_rest: {
    url: "Par exemple https://domino.company.example:8880",
    user: "Qui peut lire les contacts de tous les utilisateurs.",
    scope:
      "De la base. Pour les contacts de chacun avec {user} ou {mailbox}, à la place du nom court de l’utilisateur (avant le @) ou de son adresse e-mail.",
    view: "La vue qui liste les contacts.",
    documents: "Lire les documents entiers, non les colonnes de la vue.",
  },
  access: { table: "Le nom de la table." },
  csv: {
    encoding: "Automatique : UTF-8, sinon Windows-1252.",
    separator: "Ce qui sépare deux champs.",
  },
  excel: { sheet: "Son nom, ou [Contacts$] ; vide : la première." },
  carddav: {
    url: "Du serveur, ou d’un carnet. Pour les contacts de chacun avec {mailbox} ou {user}, à la place de l’adresse e-mail de l’utilisateur, ou de ce qui précède le @.",
    books: "Noms de carnets, séparés par des virgules ; vide : tous.",
  },
  exchange: {
    url: "https://HÔTE/ews/exchange.asmx pour les dossiers publics ; avec |public|dossier1,dossier2/sous-dossier ceux-là seulement ; avec |user les contacts de ce compte.",
    user: "DOMAINE\\nom, ou nom@domaine.",
    folders: "Aussi les dossiers dans un dossier.",
    access: "Comment lire les contacts de chacun : par droits sur les boîtes, ou en leur nom.",
  },
  exchange_webdav: {
    url: "Par exemple http://HÔTE/public.",
    all_contacts: "Chercher aussi dans les sous-dossiers.",
  },
  google: {
    account: "Adresse e-mail du compte de service, …gserviceaccount.com.",
    domain: "Domaine Google dont on lit les utilisateurs.",
    key_file:
      "Sa clé, JSON ou P12, dans le dossier de la société ; vide : api-google-NOM.p12.",
    key_password: "D’une clé P12 ; celui de Google est toujours le même.",
    reader: "D’un annuaire public : adresse e-mail de l’utilisateur au nom duquel on lit.",
  },
  json: {
    url: "Adresse de la liste, ou de sa première page.",
    items: "Où est la liste, par exemple data.contacts ; vide : tout en haut.",
    user: "Pour Basic.",
    secret: "Le mot de passe, le jeton ou la clé.",
    authentication: "Une clé est dans l’en-tête, ou le paramètre, nommé plus bas.",
    header: "Nom de l’en-tête ou du paramètre qui porte la clé.",
    paging: "Une réponse nomme la page suivante, ou TWS compte.",
    next: "Où est le lien vers la page suivante.",
    parameter: "Paramètre qui porte la page ou le décalage.",
    first: "Numéro de la première page.",
    size_parameter: "Paramètre qui porte la taille d’une page.",
    size: "Contacts d’une page.",
  },
  odbc: {
    connection_string: "DSN=nom, ou Driver={…};Server=…;",
    database: "Le nom d’un DSN.",
    table: "Son nom, ou un SELECT ; pour Excel [Contacts$], pour du texte le fichier.",
    timeout: "Secondes de silence admises.",
  },
  ole_db: {
    connection_string: "Provider=…;Data Source=…;",
    table: "Son nom, ou un SELECT ; pour Excel [Contacts$], pour du texte le fichier.",
    timeout: "Secondes de silence admises.",
  },
  sql: {
    url: "postgresql://hôte/base, mariadb://, sqlserver://…",
    tls: "Vérifié : seulement un serveur dont le certificat est connu.",
    timeout: "Secondes de silence admises à la base.",
  },
  office365: {
    tenant: "Identifiant du locataire (tenant), ou l’un de ses domaines.",
    client_id: "Identifiant de l’application (client).",
    client_secret: "Valeur d’un secret client de l’application.",
    cloud: "Où est le locataire.",
    source: "D’un annuaire public : de qui on lit les contacts.",
    mailbox: "Adresse e-mail de la boîte partagée.",
    folders: "D’une boîte, aussi les contacts des autres dossiers.",
    filter: "Des utilisateurs : $filter de Graph ; vide : tous.",
    photos: "Celles des utilisateurs et des contacts de boîtes : une question de plus pour chacun.",
    more_fields: "Autres propriétés à lire, séparées par des virgules.",
  },
} as const;
