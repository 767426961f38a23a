/** Hours by the clock of a time zone: 1 = Monday to 7 = Sunday, HH:MM. */
export type Hours = { days: readonly number[]; start: string; end: string };

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Whether it is within these hours. Hours that end before they begin go on until the next day, and belong to
 * the day on which they begin; the same hour twice: all day. What counts is what the clock shows there: an
 * hour that is skipped or repeated is neither lost nor waited for.
 */
export function isWithin(hours: Hours, at: Date | number, timeZone?: string): boolean {
  const { day, time } = clockThere(at, timeZone);
  const today = hours.days.includes(day);
  if (hours.start < hours.end) return today && hours.start <= time && time < hours.end;
  const yesterday = hours.days.includes(day === 1 ? 7 : day - 1);
  return (today && hours.start <= time) || (yesterday && time < hours.end);
}

function clockThere(at: Date | number, timeZone?: string): { day: number; time: string } {
  const parts = new Intl.DateTimeFormat("en", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: DAYS.indexOf(part("weekday")) + 1, time: `${part("hour")}:${part("minute")}` };
}
