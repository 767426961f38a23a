import type { Trigger } from "../api/types.generated.ts";
import type { Call } from "../api/types.ts";

export type Wish = "open" | "closed";

const ANSWERED: readonly Call["state"][] = ["connected", "hold"];

/** From its trigger to the end of the call, unless the user opens or closes it. */
export function isDue(call: Pick<Call, "state">, trigger: Trigger, wish?: Wish): boolean {
  if (wish) return wish === "open";
  switch (trigger) {
    case "ringing":
      return true;
    case "answered":
      return ANSWERED.includes(call.state);
    default:
      return false;
  }
}
