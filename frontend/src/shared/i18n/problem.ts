import type { TFunction } from "i18next";
import i18next from "i18next";
import type { Problem } from "../api/types.ts";
import { sayParameter } from "./sentences.ts";

/** What happened and what to do, in words. The code alone is `technical`, one click deeper. */
export function problemWords(t: TFunction, problem: Problem): string {
  const { code, cause, detail, retryAfter } = problem;
  if (code === "refused") return causeWords(t, cause) ?? t("problem.refused");
  if (code === "tooMany") return t("problem.tooMany", { seconds: Math.ceil(retryAfter ?? 5) });
  if (i18next.exists(`problem.${code}`)) {
    return t(`problem.${code}` as "problem.refused", { detail: whyWords(t, problem) ?? "" });
  }
  return t("problem.other", { detail: detail || code });
}

/** What is wrong, by the code the server gives for it; in its own English words where it has none. */
export function whyWords(t: TFunction, { why, parameters, detail }: Problem): string | undefined {
  return typeof why === "string" && i18next.exists(`why.${why}`)
    ? t(`why.${why}` as "why.needed", mapped(parameters ?? {}))
    : detail;
}

function mapped(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === "object" ? sayParameter(value) : value,
    ]),
  );
}

export function causeWords(t: TFunction, cause: string | null | undefined): string | null {
  return cause && i18next.exists(`causes.${cause}`) ? t(`causes.${cause}` as "causes.busy") : null;
}

/** For who has to mend it: codes and the other side's own words. */
export function technical(problem: Problem): string {
  const { code, cause, reason, status } = problem;
  return [status || null, code, cause, reason].filter(Boolean).join(" · ");
}
