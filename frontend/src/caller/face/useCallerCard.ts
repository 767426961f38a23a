import { useQuery } from "@tanstack/react-query";
import { getContact } from "../../shared/api/contacts.ts";
import type { Contact } from "../../shared/api/types.ts";

/** The card of whoever is calling, once it is there: nothing waits for it. */
export function useCallerCard(contact: string | null): Contact | undefined {
  const found = useQuery({
    queryKey: ["contacts", "one", contact],
    queryFn: () => getContact(contact ?? ""),
    enabled: contact !== null,
  });
  return contact === null ? undefined : found.data;
}
