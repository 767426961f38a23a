import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";

/** The time zone of the user's domain; undefined = the computer's. */
export const TimeZone = createContext<string | undefined>(undefined);

/** How dates and times are written for whoever looks at the page. */
export function useCulture(): { culture: string; timeZone: string | undefined } {
  const { i18n } = useTranslation();
  return { culture: i18n.language, timeZone: useContext(TimeZone) };
}
