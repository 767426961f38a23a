import type { TFunction } from "i18next";
import { say } from "../../shared/i18n/sentences.ts";
import type { Parameter } from "../rows.ts";
import type { Value } from "./values.ts";

/** As the guide lists them. */
export function applicationWords(t: TFunction, application: string): string {
  return application === "Système" ? t("admin.parameters.system") : application;
}

/** What a parameter is for. */
export function helpOf({ help }: Pick<Parameter, "help">): string {
  return say({ words: help, template: help, parameters: {} });
}

/** `null` is a secret that is set. */
export function valueWords(
  t: TFunction,
  { kind, unit }: Pick<Parameter, "kind" | "unit">,
  value: Value,
): string {
  if (kind === "yesNo") return t(value ? "yes" : "no");
  if (value === null) return t("admin.parameters.secretSet");
  if (value === "") return "–";
  if (kind === "several") return String(value).split("|").join(" | ");
  return unit && typeof value === "number"
    ? t(`admin.parameters.units.${unit}`, { count: value })
    : String(value);
}
