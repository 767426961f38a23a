import type { TFunction } from "i18next";
import type {
  CallOrigin,
  ForwardingType,
  Presence,
  RuleEffectValue,
} from "../../shared/api/types.generated.ts";
import { causeWords } from "../../shared/i18n/problem.ts";

/** What somebody says, or does not: at every moment one of these holds. */
export const SAID: readonly Presence[] = ["online", "busy", "absent", "offline"];
export const PRESENCES: readonly Presence[] = [...SAID, "calendar"];

/** Whether a rule holds whatever the presence is. */
export function isAlways(presences: readonly Presence[]): boolean {
  return SAID.every((one) => presences.includes(one));
}

type Told = { origin: CallOrigin; presences: readonly Presence[]; type: ForwardingType };

/** "External calls, absent, no answer (20 s)": for which calls a rule is, and when. */
export function whenWords(
  t: TFunction,
  { origin, presences, type }: Told,
  seconds: number | null,
): string {
  const when = PRESENCES.filter((one) => presences.includes(one)).map((one) =>
    t(`caller.rules.presence.${one}`),
  );
  return [
    t(`caller.rules.origin.${origin}`),
    ...(isAlways(presences) ? [] : [when.join(t("caller.rules.or"))]),
    type === "noAnswer" && seconds === null
      ? t("caller.rules.bare")
      : t(`caller.rules.type.${type}`, { seconds }),
  ].join(", ");
}

/** To whom: by name where it is a colleague. */
export function toWords(to: { display: string; name: string | null }): string {
  return to.name === null ? to.display : `${to.name} (${to.display})`;
}

/** What is to be said of what a rule does; of several telephones, of each. */
export function effectWords(t: TFunction, effects: readonly RuleEffectValue[]): string[] {
  const each = effects.map((one) => ({ number: one.number, words: oneEffect(t, one) }));
  const alike = each.every((one) => one.words === each[0]?.words);
  if (alike) return each[0]?.words ? [each[0].words] : [];
  return each.flatMap(({ number, words }) =>
    words === null ? [] : [t("caller.rules.on", { number, words })],
  );
}

function oneEffect(t: TFunction, { effect, cause, reason }: RuleEffectValue): string | null {
  if (effect === "inForce" || effect === "off") return null;
  if (effect !== "refused") return t(`caller.rules.effect.${effect}`);
  const why = causeWords(t, cause) ?? reason ?? cause;
  return why ? t("caller.rules.effect.refusedBecause", { why }) : t("caller.rules.effect.refused");
}

/** The same, with the one that is moved at its new place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const left = list.filter((_, at) => at !== from);
  const one = list[from];
  return one === undefined ? [...list] : [...left.slice(0, to), one, ...left.slice(to)];
}
