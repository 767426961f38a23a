import { type Choice, named, useChoices } from "../choices.ts";
import { useList } from "../data.ts";
import { GRANTEES, type Grantee } from "./directory.ts";

/** Everybody to whom a directory can be granted, of the whole company. */
export function useGrantees(): Record<Grantee, Choice[]> {
  return {
    ...useChoices(),
    queue: named(useList("queues").data),
    intercomGroup: named(useList("intercom-groups").data),
  };
}

/** Kinds of grantees; those that few companies have only where there is one. */
export function granteeKinds(grantees: Record<Grantee, Choice[]>): Grantee[] {
  const rare: Grantee[] = ["queue", "intercomGroup"];
  return GRANTEES.filter((each) => !rare.includes(each) || grantees[each].length > 0);
}
