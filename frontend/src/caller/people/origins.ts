import type { TFunction } from "i18next";
import type { Contact } from "../../shared/api/types.ts";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { clockTime, dayKey, shortDay } from "../../shared/time/clock.ts";

export type Origin = NonNullable<Contact["origins"][string]>;
type Zone = { culture: string; timeZone: string | undefined };

/** The directories that a card comes from, each once, in the order of its parts. */
export function directories(contact: Contact): Origin[] {
  const found = new Map<string, Origin>();
  for (const origin of Object.values(contact.origins)) {
    if (origin.directory) found.set(`${origin.directory} ${origin.synchronised}`, origin);
  }
  return [...found.values()];
}

/** `from Customers, synchronised 10:32`; with the day where that was not today. */
export function originWords(t: TFunction, origin: Origin, now: number, zone: Zone): string {
  const { synchronised } = origin;
  const directory = directoryName(t, origin.directory, synchronised === null);
  if (synchronised === null) return t("caller.card.from", { directory });
  const clock = clockTime(synchronised, zone.culture, zone.timeZone);
  const today = dayKey(synchronised, zone.timeZone) === dayKey(now, zone.timeZone);
  const time = today ? clock : `${shortDay(synchronised, zone.culture, zone.timeZone)} ${clock}`;
  return t("caller.card.fromSynchronised", { directory, time });
}
