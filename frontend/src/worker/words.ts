/** Few, and beside the pages' own: a worker that is woken by a call fetches nothing first. */
const WORDS = {
  fr: {
    lang: "fr",
    answer: "Répondre",
    decline: "Refuser",
    ringing: "Appel entrant",
    answered: "Appel pris",
    missed: "Appel manqué",
    over: "Appel terminé",
    withheld: "Numéro masqué",
  },
  en: {
    lang: "en",
    answer: "Answer",
    decline: "Decline",
    ringing: "Incoming call",
    answered: "Call taken",
    missed: "Missed call",
    over: "Call ended",
    withheld: "Withheld number",
  },
} as const;

/** `culture`: what the user chose; `Auto` = the browser's `language`, in English where that is neither. */
export function words(culture: string, language: string) {
  const wanted = (culture === "Auto" ? language : culture).toLowerCase();
  return wanted.startsWith("fr") ? WORDS.fr : WORDS.en;
}
