import type { TFunction } from "i18next";
import type { Problem } from "../../shared/api/types.ts";
import { problemWords } from "../../shared/i18n/problem.ts";

/** On a call's row, what is not found is the call. */
export function callProblem(t: TFunction, problem: Problem): string {
  return problem.code === "notFound" ? t("problem.callGone") : problemWords(t, problem);
}
