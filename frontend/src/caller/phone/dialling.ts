import type { Device } from "../../shared/api/types.ts";

/**
 * Whether calls can be made here. `lacking`: this PBX has no MakeCall, and nothing offers it.
 * `notNow`: there is no telephone, or nobody hears what its PBX has.
 */
export type Dialling = "possible" | "notNow" | "lacking";

export function dialling(device: Device | null, current: boolean): Dialling {
  if (!device) return "notNow";
  if (device.operations.includes("makeCall")) return current ? "possible" : "notNow";
  return device.state === "linkDown" ? "notNow" : "lacking";
}
