import { useQuery } from "@tanstack/react-query";
import { getContact } from "../../shared/api/contacts.ts";
import { Vip } from "./Vip.tsx";

/** What makes a contact important, once their card is there; null: nothing does. */
export function useImportant(contact: string | null): string | null {
  const found = useQuery({
    queryKey: ["contacts", "one", contact],
    queryFn: () => getContact(contact ?? ""),
    enabled: contact !== null,
  });
  return contact === null ? null : (found.data?.vip ?? null);
}

/** The mark of whoever is calling: nothing waits for it. */
export function Important({ contact }: { contact: string | null }) {
  return <Vip vip={useImportant(contact)} />;
}
