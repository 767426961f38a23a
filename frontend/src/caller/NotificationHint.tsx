import { Button } from "@mantine/core";
import { Bell } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./NotificationHint.module.css";
import { useNotifications } from "./notifications.ts";

/** Asked once: browsers let a page ask for notifications only when somebody clicks. */
export function NotificationHint() {
  const { t } = useTranslation();
  const { state, turn } = useNotifications();
  if (state !== "ask") return null;
  return (
    <div className={classes.hint}>
      <Bell size={15} aria-hidden />
      <span className={classes.words}>{t("caller.notify.enable")}</span>
      <span className={classes.answers}>
        <Button size="compact-xs" variant="light" onClick={() => void turn(true)}>
          {t("caller.notify.yes")}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void turn(false)}>
          {t("caller.notify.no")}
        </Button>
      </span>
    </div>
  );
}
