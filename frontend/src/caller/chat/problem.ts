import type { TFunction } from "i18next";
import i18next from "i18next";
import type { Problem } from "../../shared/api/types.ts";
import { problemWords } from "../../shared/i18n/problem.ts";

/** Why a message did not go, in words. */
export function chatProblem(t: TFunction, problem: Problem): string {
  const { why, parameters, code } = problem;
  if (typeof why === "string" && i18next.exists(`caller.chat.why.${why}`)) {
    return t(`caller.chat.why.${why}` as "caller.chat.why.fileEmpty", { ...parameters });
  }
  if (code === "tooLarge") return t("caller.chat.why.fileTooLarge", { most: 10 });
  if (code === "notFound") return t("caller.chat.gone");
  return problemWords(t, problem);
}
