import { dayKey } from "../../shared/time/clock.ts";

export const ENDS = ["never", "hour", "today"] as const;
/** When what one says is said no more. */
export type End = (typeof ENDS)[number];

/** The end that is said already stands among them, as the time it is. */
export type ShownEnd = End | "said";

/** Which of them an end that is said is. */
export function shownEnd(until: string | null, now: number, timeZone?: string): ShownEnd {
  if (until === null) return "never";
  const today = endOf("today", now, timeZone);
  return today !== null && Date.parse(until) === Date.parse(today) ? "today" : "said";
}

const HOUR = 3_600_000;

/** As an instant, for the server; null = it does not end by itself. */
export function endOf(end: End, now: number, timeZone?: string): string | null {
  if (end === "never") return null;
  if (end === "hour") return new Date(now + HOUR).toISOString();
  return new Date(midnight(now, timeZone)).toISOString();
}

/** The end of the day of the zone: by quarters of an hour, which all zones keep to. */
function midnight(now: number, timeZone?: string): number {
  const quarter = HOUR / 4;
  const today = dayKey(now, timeZone);
  let at = Math.ceil(now / quarter) * quarter;
  while (dayKey(at, timeZone) === today) at += quarter;
  return at;
}
