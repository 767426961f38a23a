import { useQuery } from "@tanstack/react-query";
import { reverseLookup } from "../../shared/api/contacts.ts";
import type { Person } from "./PersonPicker.tsx";

/** The name of somebody who was picked by a typed number. */
export function useWho(person: Person | null): string | null {
  const number = person?.number ?? "";
  const found = useQuery({
    queryKey: ["contacts", "reverse", number],
    queryFn: ({ signal }) => reverseLookup(number, signal),
    enabled: person !== null && person.name === null,
  });
  return person?.name ?? found.data?.match?.name ?? null;
}
