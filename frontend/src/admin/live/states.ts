import type {
  DeviceStateValue as LiveDevice,
  LinkValue as LiveLink,
} from "../../shared/api/types.generated.ts";
import type { LinkState, MonitorState } from "../../shared/api/types.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";

export type { LiveDevice, LiveLink };

const LINKS: LinkState[] = ["misconfigured", "down", "connecting", "starting", "up"];
const DEVICES: MonitorState[] = [
  "refused",
  "outOfService",
  "linkDown",
  "waiting",
  "starting",
  "monitored",
];

/** What needs somebody comes first; what was switched off on purpose last. */
export function worstFirst(links: LiveLink[]): LiveLink[] {
  const rank = (link: LiveLink) => (link.enabled ? LINKS.indexOf(link.state) : LINKS.length);
  return [...links].sort(
    (a, b) => rank(a) - rank(b) || b.waiting - a.waiting || a.name.localeCompare(b.name),
  );
}

export function devicesInOrder(devices: LiveDevice[]): LiveDevice[] {
  return [...devices].sort(
    (a, b) => DEVICES.indexOf(a.state) - DEVICES.indexOf(b.state) || byNumber(a.number, b.number),
  );
}

/** 4099 stands before 40100. */
export function byNumber(a: string, b: string): number {
  return a.length - b.length || a.localeCompare(b);
}

export function linkMark(link: LiveLink): Mark {
  if (!link.enabled) return "away";
  if (link.state === "up") return "free";
  return link.state === "down" || link.state === "misconfigured" ? "busy" : "away";
}

export function deviceMark(state: MonitorState): Mark {
  if (state === "monitored") return "free";
  return state === "starting" || state === "waiting" ? "away" : "busy";
}
