import type { TFunction } from "i18next";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { named as namedSetting } from "../settings/named.ts";
import { ADDRESSES, NUMBERS, PRIVATE, TEXTS } from "./directory.ts";

const NAMED: readonly string[] = [...TEXTS, ...NUMBERS, ...ADDRESSES];

/** What is wrong with a directory, with the name that its field has in the form. */
export function named(t: TFunction, problem: Problem, connector: string): Problem {
  const [part, name] = problem.field?.split(".") ?? [];
  const field = name && (part === "mapping" || part === "labels") && fieldName(t, part, name);
  if (!field) return namedSetting(t, problem, `directories.${connector}`);
  const why = whyWords(t, problem) ?? "";
  return { ...problem, why: undefined, detail: t("why.of", { field, why }) };
}

function fieldName(t: TFunction, part: "mapping" | "labels", name: string): string | null {
  const n = PRIVATE.indexOf(name);
  if (n >= 0) return t(`admin.directories.${part === "labels" ? "labelOf" : "private"}`, { n });
  const bare = name.replace(/_red$/, "");
  if (!NAMED.includes(bare)) return null;
  const what = t(`admin.directories.fields.${bare}` as "admin.directories.fields.work");
  return bare === name ? what : t("admin.directories.redOf", { what });
}
