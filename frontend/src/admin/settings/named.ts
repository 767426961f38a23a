import type { TFunction } from "i18next";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { nameOf } from "./SettingField.tsx";

/** What is wrong with a setting, with the name that its field has here. */
export function named(t: TFunction, problem: Problem, words: string): Problem {
  const [part, name] = problem.field?.split(".") ?? [];
  if (part !== "settings" || !name) return problem;
  const field = nameOf(t, name, words);
  const why = whyWords(t, problem) ?? "";
  return { ...problem, why: undefined, detail: t("why.of", { field, why }) };
}
