export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first language asked for that we speak; English for everybody else. */
export function browserLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = LANGUAGES.find((known) => tag.toLowerCase().split("-")[0] === known);
    if (language) return language;
  }
  return "en";
}

/** A user's culture: `fr`, `en`, a longer tag, or `Auto` for the browser's. */
export function languageOf(culture: string, wanted: readonly string[]): Language {
  return browserLanguage(culture.toLowerCase() === "auto" ? wanted : [culture, ...wanted]);
}

/** The browser's own variety of a language: British or American times for the same English words. */
export function regional(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}
