import type { Parameter, ParameterLevel, ParameterValue } from "../rows.ts";

export type Value = ParameterValue["value"];
/** A value for somebody: of the company as a whole there is no `who`. */
export type Setting = { level: ParameterLevel; who: string; value: Value };

/** The nearest first: the order in which they win. */
export const LEVELS: ParameterLevel[] = ["user", "group", "domain", "default"];

export function settingOf(row: ParameterValue): Setting {
  const { value } = row;
  if (row.user !== null) return { level: "user", who: row.user, value };
  if (row.group !== null) return { level: "group", who: row.group, value };
  if (row.domain !== null) return { level: "domain", who: row.domain, value };
  return { level: "default", who: "", value };
}

export function sameHolder(a: Setting, b: Setting): boolean {
  return a.level === b.level && a.who === b.who;
}

/** What is set of a parameter, the nearest level first. */
export function settingsOf(name: string, values: ParameterValue[]): Setting[] {
  const found = values.filter((row) => row.parameter === name).map(settingOf);
  return found.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** What counts in a domain (null: in the company) for whom nothing nearer is set, and why. */
export function effectiveIn(
  parameter: Parameter,
  values: ParameterValue[],
  domain: string | null,
): { value: Value; from: "domain" | "default" | "tws" } {
  const set = settingsOf(parameter.name, values);
  const here = set.find((each) => each.level === "domain" && each.who === domain);
  if (here) return { value: here.value, from: "domain" };
  const whole = set.find((each) => each.level === "default");
  return whole ? { value: whole.value, from: "default" } : { value: parameter.default, from: "tws" };
}

/** What has to be written so that the stored settings become the wanted ones. */
export function changesOf(stored: ParameterValue[], wanted: Setting[]) {
  const goes = stored.filter((row) => !wanted.some((each) => sameHolder(each, settingOf(row))));
  const comes = wanted.flatMap((each) => {
    const row = stored.find((one) => sameHolder(each, settingOf(one)));
    return row?.value === each.value ? [] : [{ ...each, version: row?.version ?? null }];
  });
  return { goes, comes };
}

/** What a new value begins with. */
export function blank({ kind, default: value }: Parameter): Value {
  return kind === "yesNo" ? !value : value;
}
