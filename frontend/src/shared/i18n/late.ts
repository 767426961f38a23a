import i18next from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { surely } from "../surely.ts";
import type { Language } from "./language.ts";

/** Words of a part of a page that few need, by the name under which they stand; fetched when it is shown. */
type Late = { name: string; loads: Record<Language, () => Promise<object>> };

/** Whether they are there, in the language of the page: until then the part shows nothing. */
export function useLateWords({ name, loads }: Late): boolean {
  const language = useTranslation().i18n.language as Language;
  const [, added] = useState("");
  const there = i18next.exists(name, { returnObjects: true, lng: language });
  useEffect(() => {
    if (there) return;
    void surely(loads[language]).then((words) => {
      i18next.addResourceBundle(language, "translation", { [name]: words }, true);
      added(language);
    });
  }, [there, language, name, loads]);
  return there;
}
