import i18next, { type TFunction } from "i18next";
import type { Parameter } from "../rows.ts";
import type { Value } from "./values.ts";

/** What a parameter is for; undefined for one that these pages do not know. */
export function helpOf(t: TFunction, name: string): string | undefined {
  const words = `admin.parameters.help.${name}`;
  // Braces stand for the address here.
  const raw = { interpolation: { skipOnVariables: true } };
  return i18next.exists(words) ? t(words as "admin.parameters.help.MapServiceURL", raw) : undefined;
}

export function valueWords(t: TFunction, { kind }: Pick<Parameter, "kind">, value: Value): string {
  if (kind === "yesNo") return t(value ? "yes" : "no");
  return value === "" ? "–" : String(value);
}
