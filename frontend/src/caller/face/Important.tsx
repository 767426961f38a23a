import { useCallerCard } from "./useCallerCard.ts";
import { Vip } from "./Vip.tsx";

/** What makes a contact important, once their card is there; null: nothing does. */
export function useImportant(contact: string | null): string | null {
  return useCallerCard(contact)?.vip ?? null;
}

/** The mark of whoever is calling: nothing waits for it. */
export function Important({ contact }: { contact: string | null }) {
  return <Vip vip={useImportant(contact)} />;
}
