/** Mails about missed calls and voice messages, and text messages, in French. */
export const messaging: Readonly<Record<string, string>> = {
  "Missed call from {name}": "Appel manqué de {name}",
  "{count} missed calls": "{count} appels manqués",
  "New voice messages": "Nouveaux messages vocaux",
  "Telephone {number}": "Poste {number}",
  Telephone: "Poste",
  "To hear them, call {number}.": "Pour les écouter, appelez le {number}.",
  "Unknown number": "Numéro inconnu",
  "rang {seconds} s": "a sonné {seconds} s",
  "your telephone was busy": "votre poste était occupé",
  "Forwarded to {name}": "Renvoyé vers {name}",
  "and {count} more": "et {count} de plus",
  "Your event journal": "Votre journal d’événements",
  "Your event journal: {page}": "Votre journal d’événements : {page}",
  "Which e-mails you get is set in the Caller: Preferences, menu Alert.":
    "Les e-mails que vous recevez se règlent dans le Caller : Préférences, menu Alerte.",
  "The server was interrupted while the message was being sent.":
    "Le serveur a été interrompu pendant l’envoi du message.",
  "Whoever sent it may not send text messages any more.":
    "La personne qui l’a envoyé ne peut plus envoyer de SMS.",
  "The provider does not take the message.": "Le fournisseur ne prend pas le message.",
  "Of {parts} parts {taken} were taken: {why}":
    "Sur {parts} parties, {taken} ont été prises : {why}",
  "The provider took {taken} of {parts} parts only.":
    "Le fournisseur n’a pris que {taken} parties sur {parts}.",
  "The provider does not take it at present: it is tried again.":
    "Le fournisseur ne le prend pas pour l’instant : un nouvel essai suivra.",
  "The provider did not take it within {minutes} minutes.":
    "Le fournisseur ne l’a pas pris en {minutes} minutes.",
  "Nobody knows whether the provider took it.":
    "On ne sait pas si le fournisseur l’a pris.",
  "No provider of text messages is active in the domain.":
    "Aucun fournisseur SMS n’est actif dans le domaine.",
  "It was not answered within {seconds} seconds.": "Sans réponse au bout de {seconds} secondes.",
};
