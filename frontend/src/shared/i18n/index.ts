import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { browserLanguage, type Language, languageOf } from "./language.ts";

let spoken = "Auto";

/** Start with the browser's language; `words` are those of the page beside the shared ones. */
export function startLanguages(words: Record<Language, object>): void {
  void i18next.use(initReactI18next).init({
    lng: browserLanguage(navigator.languages),
    fallbackLng: "en",
    resources: {
      fr: { translation: { ...fr, ...words.fr } },
      en: { translation: { ...en, ...words.en } },
    },
    interpolation: { escapeValue: false },
    // What is fetched later (`sentences.ts`) is shown once it is there.
    react: { bindI18nStore: "added" },
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  window.addEventListener("languagechange", () => speak(spoken));
}

/** Go on in a user's own language; with `Auto` in the browser's, also once that is another. */
export function speak(culture: string): void {
  spoken = culture;
  const language = languageOf(culture, navigator.languages);
  if (i18next.language !== language) void i18next.changeLanguage(language);
}
