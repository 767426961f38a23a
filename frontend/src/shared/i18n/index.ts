import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { surely } from "../surely.ts";
import { browserLanguage, type Language, languageOf } from "./language.ts";

/** The words of a page in one language, fetched: nobody reads two at once. */
type Load = () => Promise<object>;

const SHARED: Record<Language, Load> = {
  fr: async () => (await import("./fr.ts")).fr,
  en: async () => (await import("./en.ts")).en,
};
let loads: Record<Language, Load> = SHARED;
let spoken = "Auto";
let wanted: Language = "en";

/** Start with the browser's language; `words` are those of the page beside the shared ones. */
export async function startLanguages(words: Record<Language, Load>): Promise<void> {
  loads = words;
  wanted = browserLanguage(navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: wanted,
    resources: { [wanted]: { translation: await fetched(wanted) } },
    fallbackLng: false,
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
    // What is fetched later (`sentences.ts`) is shown once it is there.
    react: { bindI18nStore: "added" },
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
  wanted = languageOf(culture, navigator.languages);
  if (i18next.language !== wanted) void change(wanted);
}

/** Until it is fetched the page stays as it is. */
async function change(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await fetched(language));
  }
  // Meanwhile another one may have been asked for.
  if (language === wanted) await i18next.changeLanguage(language);
}

async function fetched(language: Language): Promise<object> {
  const [shared, own] = await Promise.all([surely(SHARED[language]), surely(loads[language])]);
  return { ...shared, ...own };
}
