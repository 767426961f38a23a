import type { ColleagueValue, PresenceValue } from "../../shared/api/types.generated.ts";
import { holds } from "../../shared/i18n/plain.ts";

export const SHOWN = ["all", "free", "taken"] as const;
/** Which telephones a panel shows. */
export type Shown = (typeof SHOWN)[number];

/** Whether all that was typed stands in the name, the number, or the domain. */
export function isMeant(one: ColleagueValue, text: string): boolean {
  return holds(`${one.displayName} ${one.number ?? ""} ${one.domain}`, text);
}

/** Whether somebody is to be shown. Who is not known is not free. */
export function isShown(shown: Shown, presence: PresenceValue | undefined): boolean {
  if (shown === "all") return true;
  return (presence?.state === "free") === (shown === "free");
}
