import { useList } from "../data.ts";
import type { ParameterLevel } from "../rows.ts";

type Choice = { value: string; label: string };

/** For whom a parameter can be set, by level; for the company there is nobody to choose. */
export function useHolders(): Record<ParameterLevel, Choice[]> {
  const users = useList("users").data ?? [];
  const named = (rows: { id: string; name: string }[] | undefined) =>
    (rows ?? []).map((row) => ({ value: row.id, label: row.name }));
  return {
    user: users.map((row) => ({ value: row.id, label: row.displayName })),
    group: named(useList("groups").data),
    domain: named(useList("domains").data),
    default: [],
  };
}
