import { useTranslation } from "react-i18next";
import classes from "./Chat.module.css";
import { useUnread } from "./useChats.ts";

/** How many messages of a colleague wait; nothing where none do. */
export function Unread({ user }: { user: string | null }) {
  const count = useUnread(user);
  return <Badge count={count} />;
}

export function Badge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  const words = t("caller.chat.unread", { count });
  return (
    <span className={classes.badge} title={words}>
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
