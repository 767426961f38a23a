import { useList } from "./data.ts";

export type Choice = { value: string; label: string };

export function named(rows: { id: string; name: string }[] | undefined): Choice[] {
  return (rows ?? []).map((row) => ({ value: row.id, label: row.name }));
}

/** Whom something can be given to, by what they are: of the whole company. */
export function useChoices(): Record<"user" | "group" | "domain", Choice[]> {
  const users = useList("users").data ?? [];
  return {
    user: users.map((row) => ({ value: row.id, label: row.displayName })),
    group: named(useList("groups").data),
    domain: named(useList("domains").data),
  };
}
