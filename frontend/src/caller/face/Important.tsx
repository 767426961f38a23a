import { useQuery } from "@tanstack/react-query";
import { getContact } from "../../shared/api/contacts.ts";
import { Vip } from "./Vip.tsx";

/** The mark of whoever is calling, once their card is there: nothing waits for it. */
export function Important({ contact }: { contact: string | null }) {
  const found = useQuery({
    queryKey: ["contacts", "one", contact],
    queryFn: () => getContact(contact ?? ""),
    enabled: contact !== null,
  });
  return <Vip vip={contact === null ? null : found.data?.vip} />;
}
