import { Face } from "./Face.tsx";
import { useCallerCard } from "./useCallerCard.ts";

/** The face of whoever is calling, if it is a contact; the photo once their card is there. */
export function CallerFace({ contact, name }: { contact: string | null; name: string | null }) {
  const card = useCallerCard(contact);
  if (contact === null) return null;
  return <Face name={name ?? ""} photo={card?.photo} size="call" />;
}
