import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listSearchedDirectories } from "../../shared/api/contacts.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";

/** What private fields are called where only their labels are known: those of TWS's own contacts in
 * the language of the page. `enabled`: there is a field to name. */
export function useFieldWords(enabled = true) {
  const { t } = useTranslation();
  const known = useQuery({
    queryKey: ["contacts", "directories"],
    queryFn: ({ signal }) => listSearchedDirectories(signal),
    enabled,
  });
  const directories = known.data ?? [];
  const own = (label: string) =>
    directories.some((one) => one.builtIn !== null && one.fields.includes(label));
  return { directories, words: (label: string) => fieldLabel(t, label, own(label)) };
}
