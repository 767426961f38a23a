import type { Call, Device, Operation } from "../../shared/api/types.ts";

export type Purpose = "transfer" | "add" | "deflect";

/** How a call is sent on, or shared: at once, or by asking first. */
export type Ways = { now: Operation | null; ask: boolean };

const AT_ONCE = {
  transfer: "singleStepTransferCall",
  add: "singleStepConferenceCall",
  deflect: "deflectCall",
} as const;

/** A consultation is one step: it leads there only where the PBX has the one that ends it. */
const AFTER_ASKING: Record<Purpose, Operation | null> = {
  transfer: "transferCall",
  add: "conferenceCall",
  deflect: null,
};

export function ways(call: Call, device: Device | undefined, purpose: Purpose): Ways {
  const now = AT_ONCE[purpose];
  const last = AFTER_ASKING[purpose];
  return {
    now: call.operations.includes(now) ? now : null,
    ask:
      last !== null &&
      call.operations.includes("consultationCall") &&
      Boolean(device?.operations.includes(last)),
  };
}

/** Where a call can go on: its user's other telephones on the same PBX. */
export function otherTelephones(call: Call, devices: readonly Device[]): Device[] {
  const own = devices.find((device) => device.id === call.device);
  return devices.filter((one) => one.id !== call.device && one.link.id === own?.link.id);
}
