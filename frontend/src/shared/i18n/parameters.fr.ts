/** What parameters are for, in French: by the English of their catalogue, application by application. */
export const parameters: Readonly<Record<string, string>> = {
  // TWS Server
  "How users sign in; several methods may be allowed together. With None their name is enough, and with Ip the address of their computer: no password is asked. With OpenIDConnect they come by the button of the company's provider, with WindowsSecurity by the session that they opened on their computer.":
    "Comment les utilisateurs s’authentifient ; plusieurs méthodes peuvent être admises ensemble. Avec None leur nom suffit, avec Ip l’adresse de leur ordinateur : aucun mot de passe n’est demandé. Avec OpenIDConnect ils passent par le bouton du fournisseur de la société, avec WindowsSecurity par la session ouverte sur leur ordinateur.",
  "The password of the user's account on a computer that is in no Windows domain, with which they come in by WindowsSecurity. Only its NT hash is kept, sealed; but whoever has that hash can pass for the user.":
    "Le mot de passe du compte de l’utilisateur sur un poste qui n’est dans aucun domaine Windows, avec lequel il entre par WindowsSecurity. Seule son empreinte NT est conservée, scellée ; mais qui a cette empreinte peut se faire passer pour l’utilisateur.",
  "The Windows domain, or several, whose accounts are the users of the same names: its realm in Kerberos, as COMPANY.LOCAL. Empty: nobody comes in by WindowsSecurity.":
    "Le domaine Windows, ou plusieurs, dont les comptes sont les utilisateurs des mêmes noms : son domaine Kerberos (realm), comme COMPANY.LOCAL. Vide : personne n’entre par WindowsSecurity.",
  "The LDAP server that checks passwords, by its name or its IP address; or several, which are asked in this order while one does not answer.":
    "Le serveur LDAP qui vérifie les mots de passe, par son nom ou son adresse IP ; ou plusieurs, interrogés dans cet ordre tant que l’un ne répond pas.",
  "The port of the LDAP server: 389 as a rule, 636 for LDAPS.":
    "Le port du serveur LDAP : 389 d’ordinaire, 636 pour LDAPS.",
  "Where people are in the tree of the LDAP server; ? becomes the user's name, as in CN=?, OU=PARIS, DC=company, DC=example.":
    "Où se trouvent les personnes dans l’arbre du serveur LDAP ; ? devient le nom de l’utilisateur, comme dans CN=?, OU=PARIS, DC=societe, DC=example.",
  "How passwords are protected on the way to the LDAP server: starttls on the usual port, ldaps on a port of its own. With none they travel in clear text.":
    "Comment les mots de passe sont protégés jusqu’au serveur LDAP : starttls sur le port habituel, ldaps sur un port à part. Avec none ils circulent en clair.",
  "The file, among the company's files, of the certificates by which the LDAP server is known; empty where those that this computer knows are enough.":
    "Le fichier, parmi ceux de la société, des certificats auxquels on reconnaît le serveur LDAP ; vide si ceux que connaît cet ordinateur suffisent.",
  "The OpenID Connect provider by which users sign in: the address that it calls its issuer, to the last character. Empty: there is none.":
    "Le fournisseur OpenID Connect par lequel les utilisateurs s’authentifient : l’adresse qu’il appelle son émetteur (issuer), au caractère près. Vide : il n’y en a pas.",
  "What the OpenID Connect provider calls TWS: its client identifier there.":
    "Comment le fournisseur OpenID Connect appelle TWS : son identifiant de client chez lui.",
  "The secret that goes with the client identifier; empty where the provider gave none. It is stored sealed, and is never shown again.":
    "Le secret qui accompagne l’identifiant de client ; vide si le fournisseur n’en a pas donné. Il est conservé scellé et n’est plus jamais montré.",
  "By which of the things that the OpenID Connect provider says of people they are found here: it must be their user name. With email it is their e-mail address, which the provider must have verified.":
    "Par laquelle des choses que le fournisseur OpenID Connect dit des personnes on les trouve ici : elle doit être leur nom d’utilisateur. Avec email c’est leur adresse e-mail, que le fournisseur doit avoir vérifiée.",
  "What the OpenID Connect provider is asked to tell of people: words with blanks between them, openid among them.":
    "Ce que le fournisseur OpenID Connect est prié de dire des personnes : des mots séparés par des espaces, dont openid.",
  "The words on the button that leads to the OpenID Connect provider; whoever opens the page sees them.":
    "Les mots du bouton qui mène au fournisseur OpenID Connect ; quiconque ouvre la page les voit.",
  "The mail server by which TWS sends e-mails, as those about incidents.":
    "Le serveur de courriel par lequel TWS envoie ses courriels, comme ceux des incidents.",
  "How e-mails are protected on the way to the mail server: auto uses STARTTLS where the server offers it, and sends a password only so; smtps has a port of its own, 465 as a rule. With none everything travels in clear text.":
    "Comment les courriels sont protégés jusqu’au serveur : auto utilise STARTTLS si le serveur le propose, et n’envoie de mot de passe qu’ainsi ; smtps a un port à lui, 465 d’ordinaire. Avec none tout voyage en clair.",
  "The file, among the company's files, of the certificates by which the mail server is known; empty where those that this computer knows are enough.":
    "Le fichier, parmi ceux de la société, des certificats auxquels on reconnaît le serveur de courriel ; vide si ceux que cette machine connaît suffisent.",
  "The address that e-mails of TWS come from. Empty: the account at the mail server where that is an address, else tws@ and the name of this server.":
    "L’adresse d’où viennent les courriels de TWS. Vide : le compte du serveur de courriel si c’est une adresse, sinon tws@ et le nom de ce serveur.",
  "The port of the mail server.": "Le port du serveur de messagerie.",
  "The account with which TWS signs in at the mail server; empty where it asks for none.":
    "Le compte avec lequel TWS s’identifie auprès du serveur de messagerie ; vide s’il n’en demande pas.",
  "The password of that account. It is stored sealed, and is never shown again.":
    "Le mot de passe de ce compte. Il est conservé scellé et n’est plus jamais montré.",
  "How many minutes from one reading of the calendars to the next.":
    "Combien de minutes entre deux lectures des agendas.",

  // TWS Caller
  "The map that a postal address opens; {0} is the address.":
    "Le plan qu’ouvre une adresse postale ; {0} est l’adresse.",
  "The number that the voice-mail button calls.":
    "Le numéro qu’appelle le bouton de la messagerie vocale.",
  "May chat; contact cards have a button for it.":
    "Peut tchatter ; les fiches de contact ont un bouton pour cela.",
  "May create private contacts.": "Peut créer des contacts privés.",
  "May call chosen contacts by the shortcuts Ctrl+F1 to Ctrl+F11.":
    "Peut appeler des contacts choisis par les raccourcis Ctrl+F1 à Ctrl+F11.",
  "Ctrl+F12 calls the number that is selected on the page of the Caller. The other shortcuts do not depend on it.":
    "Ctrl+F12 appelle le numéro sélectionné dans la page du Caller. Les autres raccourcis n’en dépendent pas.",
  "May pick up calls that ring at contacts' telephones.":
    "Peut intercepter les appels qui sonnent chez ses contacts.",
  "May write notes, public or not.": "Peut écrire des notes, publiques ou non.",
  "May begin to share an application in a conversation.":
    "Peut lancer un partage d’application dans une conversation.",
  "May make a list of their own public.": "Peut rendre publique une liste à lui.",
  "Sees the first active forwarding rule of the members of this group.":
    "Voit la première règle de renvoi active des membres de ce groupe.",
  "May create, change and delete forwarding rules, simple or advanced.":
    "Peut créer, modifier et supprimer des règles de renvoi, simples ou avancées.",
  "May send text messages to contacts' mobiles. Needs a provider.":
    "Peut envoyer des SMS aux portables de ses contacts. Demande un fournisseur.",
  "Sees who is calling the members of this group, so as to take their calls.":
    "Voit qui appelle les membres de ce groupe, pour pouvoir intercepter leurs appels.",
  "The intercom group whose directories name these callers, where bosses are in several.":
    "Le groupe intercom dont les annuaires nomment ces appelants, quand les patrons sont dans plusieurs.",
  "May create a new current device in the profiles.":
    "Peut créer un nouveau poste courant dans les profils.",
  "May use the advanced search.": "Peut utiliser la recherche avancée.",
  "Sees the calendars of their contacts.": "Voit les agendas de ses contacts.",
  "May create a new profile.": "Peut créer un nouveau profil.",
  "May write and use presence messages of their own.":
    "Peut écrire et utiliser ses propres messages de présence.",
  "May have missed calls and voice messages told by e-mail.":
    "Peut se faire signaler par e-mail les appels manqués et les messages vocaux.",
  "May chat with people outside the company. Needs an external collaboration account.":
    "Peut tchatter avec des personnes hors de la société. Demande un compte de collaboration externe.",
  "May chat during a conference.": "Peut tchatter pendant une conférence.",
  "Their messages are saved, where those of the other are too. With No they never are.":
    "Ses messages sont conservés, si ceux de l’autre le sont aussi. Avec Non ils ne le sont jamais.",
  "Sees who of their contacts is on the telephone.":
    "Voit lesquels de ses contacts sont au téléphone.",
  "Sees the forwardings that were made or activated on the telephone.":
    "Voit les renvois créés ou activés depuis le téléphone.",
  "May make forwarding rules for calls from anybody.":
    "Peut créer des règles de renvoi pour les appels de n’importe qui.",
  "May make forwarding rules for calls from outside.":
    "Peut créer des règles de renvoi pour les appels externes.",
  "May make forwarding rules for internal calls.":
    "Peut créer des règles de renvoi pour les appels internes.",
  "May make forwarding rules for when they are absent.":
    "Peut créer des règles de renvoi pour quand il est absent.",
  "May make forwarding rules for when their presence is busy.":
    "Peut créer des règles de renvoi pour quand sa présence est occupée.",
  "May make forwarding rules that follow their calendar.":
    "Peut créer des règles de renvoi qui suivent son agenda.",
  "May make forwarding rules for when they are offline.":
    "Peut créer des règles de renvoi pour quand il est hors ligne.",
  "May make forwarding rules for when they are online.":
    "Peut créer des règles de renvoi pour quand il est en ligne.",
  "May make rules that forward calls while their telephone is busy.":
    "Peut créer des règles qui renvoient les appels quand son téléphone est occupé.",
  "May make rules that forward calls at once.":
    "Peut créer des règles qui renvoient les appels aussitôt.",
  "May make rules that forward calls which nobody answers.":
    "Peut créer des règles qui renvoient les appels restés sans réponse.",

  // TWS Alerter
  "The XML file, among the company's files, of which the card is made in mode XML; empty: TWS's own card.":
    "Le fichier XML, parmi les fichiers de l’entreprise, dont la fiche est tirée en mode XML ; vide : la fiche de TWS.",
  "How wide the Alerter's window is.": "La largeur de la fenêtre de l’Alerter.",
  "How high the Alerter's window is.": "La hauteur de la fenêtre de l’Alerter.",
  "What the Alerter shows under its call buttons: a card made of an XML file, or a page of the web.":
    "Ce que l’Alerter montre sous ses boutons d’appel : une fiche tirée d’un fichier XML, ou une page web.",
  "The programs that buttons of the card may start on the user's computer, by the helper of the desk: full paths, with | between them. Empty: none.":
    "Les programmes que les boutons de la fiche peuvent lancer sur l’ordinateur de l’utilisateur, par l’assistant de poste : des chemins complets, séparés par |. Vide : aucun.",
  "The page that is shown in mode URL. Fields of the caller may stand in it, as [-DisplayName-].":
    "La page montrée en mode URL. Des champs de l’appelant peuvent y figurer, comme [-DisplayName-].",

  // TWS Rules
  "Over how many forwardings a call may not come back to who forwarded it first; 0 = it is not looked at. A call that would come back is not forwarded.":
    "Sur combien de renvois un appel ne doit pas revenir à qui l’a renvoyé le premier ; 0 = sans contrôle. Un appel qui reviendrait n’est pas renvoyé.",
  "The number that is called where those that calls are forwarded to do not answer, if forwarded calls are checked.":
    "Le numéro appelé quand ceux vers qui vont les renvois ne répondent pas, si les appels renvoyés sont vérifiés.",
  "How many times the emergency number is tried when nobody answers.":
    "Combien de fois le numéro de secours est tenté quand personne ne répond.",
  "May create rules of their own where an administrator has assigned them others.":
    "Peut créer ses propres règles quand l’administrateur lui en a attribué d’autres.",
  "It is checked that forwarded calls are answered; else they go to the emergency number.":
    "On vérifie que les appels renvoyés obtiennent une réponse ; sinon ils vont au numéro de secours.",
  "After how many seconds an advanced rule forwards a call that nobody answers.":
    "Après combien de secondes une règle avancée renvoie un appel sans réponse.",
  "After how many seconds the PBX forwards a call that nobody answers. To be copied from the PBX.":
    "Après combien de secondes le PBX renvoie un appel sans réponse. À recopier du PBX.",

  // TWS MediaServer
  "The machine through which applications are shared, by its name or its IP address.":
    "La machine par laquelle passent les partages d’applications, par son nom ou son adresse IP.",
  "The port of that machine for application sharing.":
    "Le port de cette machine pour le partage d’applications.",
  "The machine of the conferences, where it is another one than this server.":
    "La machine des conférences, si c’en est une autre que ce serveur.",
  "The port of that machine for conferences.": "Le port de cette machine pour les conférences.",

  // Système
  "The hour of the daily synchronisations of directories, in the domain's time zone.":
    "L’heure des synchronisations quotidiennes des annuaires, dans le fuseau horaire du domaine.",
  "Others see what their appointments are about. Of the two of them who looks and who is looked at, the stricter counts.":
    "Les autres voient l’objet de ses rendez-vous. De celui qui regarde et de celui qui est regardé, le plus strict compte.",
  "Others see their private appointments too. Of the two of them who looks and who is looked at, the stricter counts.":
    "Les autres voient aussi ses rendez-vous privés. De celui qui regarde et de celui qui est regardé, le plus strict compte.",
  "The hour at which call logs are cleaned every night, in each domain's time zone.":
    "L’heure à laquelle les journaux d’appels sont purgés chaque nuit, dans le fuseau horaire de chaque domaine.",
  "How many incoming, how many outgoing and how many missed calls a user's log keeps at most, each for itself.":
    "Combien d’appels entrants, sortants et manqués le journal d’un utilisateur garde au plus, chaque sorte pour soi.",
  "For how many days a user's log keeps calls.":
    "Pendant combien de jours le journal d’un utilisateur garde les appels.",
  "How many calls a user's log keeps at least, whatever the other two numbers say.":
    "Combien d’appels le journal d’un utilisateur garde au moins, quoi que disent les deux autres nombres.",
  "The hour at which the figures for statistics are cleaned every night, in each domain's time zone.":
    "L’heure à laquelle les données des statistiques sont purgées chaque nuit, dans le fuseau horaire de chaque domaine.",
  "For how many days the calls are listed that nobody answered in a call queue.":
    "Pendant combien de jours sont listés les appels auxquels personne n’a répondu dans un puits d’appels.",
  "For how many days the figures for statistics are kept.":
    "Pendant combien de jours les données des statistiques sont gardées.",
  "For how many days the incident journal keeps what is over. What belongs to no company is kept for as long as by the company that keeps its own for longest.":
    "Pendant combien de jours le journal des incidents garde ce qui est terminé. Ce qui n’est d’aucune société est gardé aussi longtemps que par la société qui garde les siens le plus longtemps.",
  "For how many days the messages that colleagues write to each other are kept, with their files.":
    "Pendant combien de jours les messages que des collègues s’écrivent sont gardés, avec leurs fichiers.",
  "For how many days traces of links are kept: they say who called whom.":
    "Pendant combien de jours les traces des connexions sont gardées : elles disent qui a appelé qui.",

  // Why a value cannot be right.
  "an address such as https://maps.example/?q={address} is expected":
    "une adresse comme https://maps.example/?q={address} est attendue",
  "an address that begins with http:// or https:// is expected":
    "une adresse qui commence par http:// ou https:// est attendue",
  "a number of the signs 0-9 * # + is expected":
    "un numéro fait des signes 0-9 * # + est attendu",
  "{sign} must stand in it: it becomes the user's name":
    "{sign} doit y figurer : il devient le nom de l’utilisateur",
  "the name of an XML file is expected, without a folder":
    "le nom d’un fichier XML est attendu, sans dossier",
  "{choice} stands there twice": "{choice} y figure deux fois",
  "The company has no group named {name}.": "La société n’a pas de groupe nommé {name}.",
  "The company has no intercom group named {name}.":
    "La société n’a pas de groupe intercom nommé {name}.",
};
