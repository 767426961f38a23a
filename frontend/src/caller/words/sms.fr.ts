/** Mots des SMS. */
export const sms = {
  sms: {
    open: "SMS à {{name}}, {{number}}",
    openShort: "SMS",
    to: "SMS à {{name}}",
    close: "Fermer les SMS",
    text: "Votre SMS",
    send: "Envoyer le SMS",
    sent: "SMS envoyés",
    size_one: "{{count, number}} SMS, encore {{left, number}} caractères.",
    size_other: "{{count, number}} SMS, encore {{left, number}} caractères dans le dernier.",
    tooLong: "{{count, number}} SMS au plus : raccourcissez le texte.",
    others: "Avec {{signs}}, chaque SMS a moins de place.",
    states: {
      waiting: "en attente",
      sending: "envoi…",
      sent: "envoyé",
      delivered: "remis",
      failed: "échec",
      unknown: "issue inconnue",
    },
  },
} as const;
