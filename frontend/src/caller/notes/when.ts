import type { TFunction } from "i18next";
import { dayKey, dayName, since, shortDay } from "../../shared/time/clock.ts";

/** Minutes, the clock, yesterday, or the date. */
export function timeOf(
  t: TFunction,
  at: string,
  now: number,
  culture: string,
  timeZone: string | undefined,
): string {
  if (dayKey(at, timeZone) === dayKey(now, timeZone)) return since(at, now, culture, timeZone);
  if (dayKey(at, timeZone) === dayKey(now - 86_400_000, timeZone)) {
    return dayName(at, now, culture, timeZone, { today: t("today"), yesterday: t("yesterday") });
  }
  return shortDay(at, culture, timeZone);
}
