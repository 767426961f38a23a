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
