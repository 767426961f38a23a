import { useTranslation } from "react-i18next";
import classes from "./Journal.module.css";
import { useNews } from "./useNews.ts";

/** How much in the journal one has not seen; nothing where one has. */
export function Unread() {
  const { t } = useTranslation();
  const count = useNews()?.unread ?? 0;
  if (count === 0) return null;
  return (
    <span className={classes.unread} title={t("caller.journal.unread", { count })}>
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{t("caller.journal.unread", { count })}</span>
    </span>
  );
}
