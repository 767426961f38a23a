import { useTranslation } from "react-i18next";
import classes from "./People.module.css";
import type { Which } from "./which.ts";

/** Why nobody is shown, and what to do about it. */
export function Nobody({ which, text, byField }: { which: Which; text: string; byField: boolean }) {
  const { t } = useTranslation();
  if (byField) return <p className={classes.empty}>{t("caller.advanced.none")}</p>;
  if (text) return <p className={classes.empty}>{t("caller.people.noMatch", { text })}</p>;
  if (which === "public") return <p className={classes.empty}>{t("caller.people.emptyPublic")}</p>;
  if (which === "private")
    return <p className={classes.empty}>{t("caller.people.emptyPrivate")}</p>;
  return <p className={classes.empty}>{t("caller.people.empty")}</p>;
}
