import { useQuery } from "@tanstack/react-query";
import { getContact } from "../shared/api/contacts.ts";
import { isNumber, preferred } from "./search/suggest.ts";
import { useView } from "./view.tsx";

/** What Ctrl+F12 calls: the text that is marked, if it is a number; else the number of the open card. */
export function useSelectedNumber(): () => { number: string; name: string } | null {
  const { selection } = useView();
  const id = selection?.show === "contact" ? selection.id : null;
  const found = useQuery({
    queryKey: ["contacts", "one", id],
    queryFn: () => getContact(id ?? ""),
    enabled: id !== null,
  });
  return () => {
    const marked = window.getSelection()?.toString().trim() ?? "";
    if (isNumber(marked)) return { number: marked, name: marked };
    const contact = id === null ? undefined : found.data;
    const number = contact && preferred(contact);
    return number ? { number: number.number, name: contact.displayName } : null;
  };
}
