import { useTranslation } from "react-i18next";
import { ADDRESSES, NUMBERS, TEXTS } from "./directory.ts";

const NAMED: readonly string[] = [...TEXTS, ...NUMBERS, ...ADDRESSES];

/** Server's words for why an entry is left out, of which the pages have their own. */
const REASONS: Readonly<Record<string, "nameless" | "noIdentifier" | "twice">> = {
  "no name, no company and no e-mail address": "nameless",
  "no identifier": "noIdentifier",
  "an identifier that another entry has too": "twice",
};

/** Why something is left out, or of which field, in the page's language where it has words. */
export function useReason(): (text: string) => string {
  const { t } = useTranslation();
  return (text) => {
    const known = REASONS[text];
    if (known) return t(`admin.directories.reasons.${known}`);
    return NAMED.includes(text)
      ? t(`admin.directories.fields.${text}` as "admin.directories.fields.work")
      : text;
  };
}
