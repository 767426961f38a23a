import type { CallOrigin, Device, Forwarding, ForwardingType } from "../../shared/api/types.ts";
import type { RuleChoicesValue } from "../../shared/api/types.generated.ts";

/** One line of the forwardings: what is set, or a type for which nothing is. */
export type Line = { type: ForwardingType; origin: CallOrigin; set: Forwarding | null };

const TYPES: ForwardingType[] = ["immediate", "busy", "noAnswer"];
const ORIGINS: CallOrigin[] = ["all", "internal", "external"];

/** With those only that one may set; all of them until that is known. */
export function permitted(device: Device, choices: RuleChoicesValue | undefined): Device {
  if (choices === undefined) return device;
  const forwardingTypes = device.forwardingTypes.filter(
    ({ type, origin }) =>
      choices.change && choices.types.includes(type) && choices.origins.includes(origin),
  );
  return { ...device, forwardingTypes };
}

/** To which calls a forwarding of a type can apply on this device. */
export function origins(device: Device, type: ForwardingType): CallOrigin[] {
  return ORIGINS.filter((origin) =>
    device.forwardingTypes.some((offered) => offered.type === type && offered.origin === origin),
  );
}

/** What is active, in the order people think of it, and one empty line for each type that is free. */
export function lines(device: Device): Line[] {
  return TYPES.flatMap((type) => {
    const active = ORIGINS.flatMap((origin): Line[] => {
      const set = device.forwardings?.find((f) => f.type === type && f.origin === origin);
      return set?.active ? [{ type, origin, set }] : [];
    });
    const free = origins(device, type)[0];
    return active.length > 0 || free === undefined ? active : [{ type, origin: free, set: null }];
  });
}

/** Of those that are active the one that takes most calls away. */
export function foremost(device: Device): Forwarding | undefined {
  const ranked = ["immediate", "noAnswer", "busy"].flatMap((type) =>
    ORIGINS.map((origin) =>
      device.forwardings?.find((f) => f.active && f.type === type && f.origin === origin),
    ),
  );
  return ranked.find((one) => one !== undefined);
}

/** How long it rings first, in seconds; `rings` where the PBX counts those. */
export function patience(set: Forwarding) {
  if (set.type !== "noAnswer" || set.ringDuration === null) return null;
  const { ringDuration: wait, ringCount: rings } = set;
  return { wait, rings };
}
