import { useQuery } from "@tanstack/react-query";
import { getContact } from "../../shared/api/contacts.ts";
import { Face } from "./Face.tsx";

/** The face of whoever is calling, if it is a contact; the photo once their card is there. */
export function CallerFace({ contact, name }: { contact: string | null; name: string | null }) {
  const found = useQuery({
    queryKey: ["contacts", "one", contact],
    queryFn: () => getContact(contact ?? ""),
    enabled: contact !== null,
  });
  if (contact === null) return null;
  return <Face name={name ?? ""} photo={found.data?.photo} size="call" />;
}
