/** Durations and times, as people read them. Instants are ISO text in UTC or milliseconds. */

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}

export function clockTime(at: number | string, culture: string, timeZone?: string): string {
  return format(at, culture, { hour: "2-digit", minute: "2-digit", ...zone(timeZone) });
}

export function clockSeconds(at: number | string, culture: string, timeZone?: string): string {
  return format(at, culture, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...zone(timeZone),
  });
}

export function fullTime(at: number | string, culture: string, timeZone?: string): string {
  return format(at, culture, { dateStyle: "full", timeStyle: "medium", ...zone(timeZone) });
}

/** `23 nov. 2026`. */
export function shortDay(at: number | string, culture: string, timeZone?: string): string {
  return format(at, culture, { dateStyle: "medium", ...zone(timeZone) });
}

/** `09:12`. */
export function shortTime(at: number | string, culture: string, timeZone?: string): string {
  return format(at, culture, { timeStyle: "short", ...zone(timeZone) });
}

/** `today`, `yesterday`, or the date in words; days are those of the zone. */
export function dayName(
  at: number | string,
  now: number,
  culture: string,
  timeZone: string | undefined,
  words: { today: string; yesterday: string },
): string {
  const day = dayKey(at, timeZone);
  if (day === dayKey(now, timeZone)) return words.today;
  if (day === dayKey(now - 86_400_000, timeZone)) return words.yesterday;
  const sameYear = day.slice(0, 4) === dayKey(now, timeZone).slice(0, 4);
  const name = format(at, culture, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
    ...zone(timeZone),
  });
  return name.charAt(0).toLocaleUpperCase(culture) + name.slice(1);
}

/** `2026-01-05`, in the zone. */
export function dayKey(at: number | string, timeZone?: string): string {
  return format(at, "en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...zone(timeZone),
  });
}

/** Minutes for less than an hour, else the clock: `il y a 5 min`, `09:12`. */
export function since(
  at: number | string,
  now: number,
  culture: string,
  timeZone: string | undefined,
): string {
  const minutes = Math.floor((now - new Date(at).getTime()) / 60_000);
  if (minutes >= 60 || minutes < 0) return clockTime(at, culture, timeZone);
  const words = new Intl.RelativeTimeFormat(culture, { numeric: "auto", style: "short" });
  return words.format(-minutes, "minute");
}

/** Whether clocks of that zone show another time than the computer's. */
export function differs(timeZone: string, now: number): boolean {
  const shown = (zone?: string) => dayKey(now, zone) + clockTime(now, "en-GB", zone);
  return shown(timeZone) !== shown();
}

function zone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone ? { timeZone } : {};
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  at: number | string,
  culture: string,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = culture + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(culture, options);
    formats.set(key, found);
  }
  return found.format(new Date(at));
}

/** The beginning of a day of this computer's calendar (`2026-11-30`), or of one some days later. */
export function midnight(day: string, later = 0): string {
  const at = new Date(`${day}T00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
