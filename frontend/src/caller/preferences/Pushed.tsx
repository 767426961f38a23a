import { Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { canBePushed } from "../desktop/push.ts";
import { usePush } from "../desktop/usePush.ts";
import classes from "./Preferences.module.css";

/** Whether this browser is told of calls while the page is closed. */
export function Pushed() {
  const { t } = useTranslation();
  const { on, offered, turn } = usePush();
  const [denied, setDenied] = useState(canBePushed && Notification.permission === "denied");
  const refused = !on && (!canBePushed || !offered || denied);
  const error = turn.error;
  return (
    <div>
      <Switch
        size="sm"
        label={t("caller.push.label")}
        description={t("caller.push.help")}
        checked={turn.isPending ? turn.variables : on}
        disabled={refused || turn.isPending}
        onChange={(event) =>
          turn.mutate(event.currentTarget.checked, {
            onSettled: () => setDenied(Notification.permission === "denied"),
          })
        }
      />
      {!canBePushed && <p className={classes.help}>{t("caller.push.impossible")}</p>}
      {!offered && <p className={classes.help}>{t("caller.push.notOffered")}</p>}
      {canBePushed && denied && (
        <p role="alert" className={classes.wrong}>
          {t("caller.prefs.notificationsDenied")}
        </p>
      )}
      {error instanceof ApiError ? (
        <ProblemLine problem={problemOf(error)} onClose={turn.reset} />
      ) : (
        error &&
        !denied && (
          <p role="alert" className={classes.wrong}>
            {t("caller.push.failed")}
          </p>
        )
      )}
    </div>
  );
}
