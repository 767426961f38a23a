import type { CallOrigin, Device, Forwarding, ForwardingType } from "../../shared/api/types.ts";

export type Slot = { type: ForwardingType; origin: CallOrigin; set: Forwarding | null };

const TYPES: ForwardingType[] = ["immediate", "busy", "noAnswer"];
const ORIGINS: CallOrigin[] = ["all", "internal", "external"];

/** One line for each forwarding that the PBX offers, in the order people think of them. */
export function slots(device: Device): Slot[] {
  return TYPES.flatMap((type) =>
    ORIGINS.filter((origin) =>
      device.forwardingTypes.some((offered) => offered.type === type && offered.origin === origin),
    ).map((origin) => ({ type, origin, set: found(device, type, origin) })),
  );
}

function found(device: Device, type: ForwardingType, origin: CallOrigin): Forwarding | null {
  return device.forwardings?.find((f) => f.type === type && f.origin === origin) ?? null;
}
