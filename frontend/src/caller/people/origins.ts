import type { TFunction } from "i18next";
import type { Contact } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
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

/** A part of a card, what it says, and where that comes from. */
export type Part = { key: string; label: string; value: string; origin: Origin };

/** The parts that a card shows, in its order. */
export function parts(contact: Contact): Part[] {
  const { origins, numbers, emails, fields } = contact;
  const shown: [key: string, label: string, value: string][] = [
    ["lastName", "", contact.lastName],
    ["firstName", "", contact.firstName],
    ["company", "", contact.company],
    ...numbers.map((one, at) => line(`number:${at}`, one.kind, numberWords(one))),
    ...emails.map((email, at) => line(`email:${at}`, "", email)),
    ["website", "", contact.website],
    ...fields.map((field) => line(`field:${field.label}`, field.label, field.text)),
    ["photo", "", ""],
  ];
  return shown.flatMap(([key, label, value]) => {
    const origin = origins[key];
    return origin?.directory ? [{ key, label, value, origin }] : [];
  });
}

function line(key: string, label: string, value: string): [string, string, string] {
  return [key, label, value];
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
