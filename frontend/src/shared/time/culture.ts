import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { regional } from "../i18n/language.ts";

/** The time zone of the user's domain; undefined = the computer's. */
export const TimeZone = createContext<string | undefined>(undefined);

/** How dates and times are written for whoever looks at the page. */
export function useCulture(): { culture: string; timeZone: string | undefined } {
  const { i18n } = useTranslation();
  const timeZone = useContext(TimeZone);
  return { culture: regional(i18n.language, navigator.languages), timeZone };
}
