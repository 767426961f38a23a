import { useTranslation } from "react-i18next";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import { ADDRESSES, NUMBERS, TEXTS } from "./directory.ts";

const NAMED: readonly string[] = [...TEXTS, ...NUMBERS, ...ADDRESSES];
const REASONS: readonly string[] = ["nameless", "noIdentifier", "twice", "noRows", "longRows", "numbers"];

/** Why something is left out, or of which field; `words` are the server's, in English. */
export function useReason(): (why: string, words?: string) => string {
  const { t } = useTranslation();
  return (why, words = why) => {
    if (REASONS.includes(why)) {
      return t(`admin.directories.reasons.${why}` as "admin.directories.reasons.twice");
    }
    return NAMED.includes(why)
      ? t(`admin.directories.fields.${why}` as "admin.directories.fields.work")
      : fieldLabel(t, words, false);
  };
}
