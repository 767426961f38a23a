import { useList } from "../data.ts";
import { GRANTEES, type Grantee } from "./directory.ts";

type Choice = { value: string; label: string };

/** Everybody to whom a directory can be granted, of the whole company. */
export function useGrantees(): Record<Grantee, Choice[]> {
  const users = useList("users").data ?? [];
  const named = (rows: { id: string; name: string }[] | undefined) =>
    (rows ?? []).map((row) => ({ value: row.id, label: row.name }));
  return {
    user: users.map((row) => ({ value: row.id, label: row.displayName })),
    group: named(useList("groups").data),
    domain: named(useList("domains").data),
    queue: named(useList("queues").data),
    intercomGroup: named(useList("intercom-groups").data),
  };
}

/** Kinds of grantees; those that few companies have only where there is one. */
export function granteeKinds(grantees: Record<Grantee, Choice[]>): Grantee[] {
  const rare: Grantee[] = ["queue", "intercomGroup"];
  return GRANTEES.filter((each) => !rare.includes(each) || grantees[each].length > 0);
}
