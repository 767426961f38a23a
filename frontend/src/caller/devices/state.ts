import type { TFunction } from "i18next";
import type { Call, Device, Forwarding } from "../../shared/api/types.ts";
import { linkWhy } from "../../shared/i18n/linkWhy.ts";
import { causeWords } from "../../shared/i18n/problem.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { isRinging } from "../calls/group.ts";

/** The signs of a device. */
type DeviceMark = Extract<Mark, "free" | "busy" | "ringing" | "away" | "unknown">;

/** What a device is doing; `unknown` while the page does not hear the server. */
export function markOf(
  device: Device,
  calls: readonly Call[],
  current: boolean,
): DeviceMark {
  if (!current) return "unknown";
  if (device.state === "starting") return "unknown";
  if (device.state !== "monitored") return "away";
  const own = calls.filter((call) => call.device === device.id);
  if (own.some(isRinging)) return "ringing";
  return own.length > 0 ? "busy" : "free";
}

export function markWords(t: TFunction, mark: DeviceMark): string {
  return t(`caller.device.${mark}`);
}

/** Why a device is not watched, in words; null = it is. */
export function whyNot(t: TFunction, device: Device): string | null {
  const link = device.link.name;
  const reason = causeWords(t, device.reason) ?? device.reason;
  switch (device.state) {
    case "monitored":
      return null;
    case "refused":
      return reason
        ? t("caller.device.why.refusedBecause", { reason })
        : t("caller.device.why.refused");
    case "linkDown":
      return device.link.why
        ? t("caller.device.why.linkDownBecause", { link, reason: linkWhy(device.link) })
        : t("caller.device.why.linkDown", { link });
    case "waiting":
      // Our own capacity, or the licences of the PBX: they are mended by different people.
      return reason && device.reason !== "capacity"
        ? t("caller.device.why.waitingBecause", { reason })
        : t("caller.device.why.waiting", { link });
    default:
      return t(`caller.device.why.${device.state}`, { link });
  }
}

/** Where calls go, and which of them, where it is not all. */
export function forwardedWords(t: TFunction, { type, display }: Forwarding): string {
  const words = t("caller.device.forwarded", { to: display ?? "" });
  if (type === "immediate") return words;
  return `${words} (${t(`caller.device.fwd.${type}`).toLocaleLowerCase()})`;
}
