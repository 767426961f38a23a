import type { TFunction } from "i18next";
import i18next from "i18next";

/** `user changed` in the reader's language; as it was written where there is no word for it. */
export function actionWords(t: TFunction, action: string): string {
  const words = action.split(" ");
  const done = words.pop() ?? "";
  const what = words.join("_");
  const known = [`admin.audit.kinds.${what}`, `admin.audit.done.${done}`];
  if (known.some((key) => !i18next.exists(key))) return whole(t, action);
  return known.map((key) => t(key as "admin.audit.done.created")).join(" : ");
}

function whole(t: TFunction, action: string): string {
  const key = `admin.audit.actions.${action.replaceAll(" ", "_")}`;
  return i18next.exists(key) ? t(key as "admin.audit.actions.signed_in") : action;
}

/** `administrator marie` in the reader's language; a user is his name. */
export function actorWords(t: TFunction, actor: string): string {
  if (actor === "system") return t("admin.audit.system");
  const name = actor.replace(/^administrator /, "");
  return name === actor ? actor : t("admin.audit.administrator", { name });
}

type Choice = { value: string; label: string };

/** What the log can be narrowed to: everything done to one kind of thing, or one act. */
export function actionChoices(t: TFunction): (Choice | { group: string; items: Choice[] })[] {
  const kinds = t("admin.audit.kinds", { returnObjects: true });
  const actions = t("admin.audit.actions", { returnObjects: true });
  return [
    { value: "", label: t("admin.audit.everything") },
    { group: t("admin.audit.changesOf"), items: choices(kinds, " ") },
    { group: t("admin.audit.acts"), items: choices(actions, "") },
  ];
}

function choices(words: Record<string, string>, behind: string): Choice[] {
  return Object.entries(words)
    .map(([key, label]) => ({ value: key.replaceAll("_", " ") + behind, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
