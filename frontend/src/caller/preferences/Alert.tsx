import { Button, NativeSelect, Switch } from "@mantine/core";
import { Volume2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Sound, Trigger } from "../../shared/api/types.generated.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useNotifications } from "../notifications.ts";
import { CallerFieldChoice } from "./CallerFieldChoice.tsx";
import { Choose } from "./Choose.tsx";
import { Emails } from "./Emails.tsx";
import classes from "./Preferences.module.css";
import { QuietHours } from "./QuietHours.tsx";
import { Pushed } from "./Pushed.tsx";
import { playOnce, SOUNDS } from "./sounds.ts";

const TRIGGERS: readonly Trigger[] = ["ringing", "answered", "onClick", "never"];

/** Alerte: what is seen and heard of a call that rings. The row that rings is there in any case. */
export function Alert() {
  const { t } = useTranslation();
  const chosen = usePreferences();
  const choose = useChoose();
  return (
    <>
      <NativeSelect
        label={t("caller.alert.pop")}
        data={TRIGGERS.map((value) => ({ value, label: t(`caller.alert.pops.${value}`) }))}
        value={chosen?.screenPop ?? "onClick"}
        onChange={(event) => {
          const screenPop = event.currentTarget.value as Trigger;
          choose.mutate(() => ({ screenPop }));
        }}
      />
      <CallerFieldChoice />
      <div className={classes.beside}>
        <NativeSelect
          className={classes.wide}
          label={t("caller.alert.sound")}
          description={t("caller.alert.soundHelp")}
          data={SOUNDS.map((value) => ({ value, label: t(`caller.alert.sounds.${value}`) }))}
          value={chosen?.sound ?? "off"}
          onChange={(event) => {
            const sound = event.currentTarget.value as Sound;
            choose.mutate(() => ({ sound }));
          }}
        />
        {chosen && chosen.sound !== "off" && (
          <Button
            variant="default"
            leftSection={<Volume2 size={14} aria-hidden />}
            onClick={() => playOnce(chosen.sound)}
          >
            {t("caller.alert.listen")}
          </Button>
        )}
      </div>
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
      <Notifications />
      <Pushed />
      <Choose name="quiet" label={t("caller.alert.quiet")} help={t("caller.alert.quietHelp")} />
      <QuietHours />
      <Emails />
    </>
  );
}

function Notifications() {
  const { t } = useTranslation();
  const { state, turn } = useNotifications();
  return (
    <div>
      <Switch
        size="sm"
        label={t("caller.prefs.notifications")}
        checked={state === "on"}
        disabled={state === "denied" || state === "impossible"}
        onChange={(event) => void turn(event.currentTarget.checked)}
      />
      {state === "denied" && (
        <p className={classes.help}>{t("caller.prefs.notificationsDenied")}</p>
      )}
      {state === "impossible" && (
        <p className={classes.help}>{t("caller.prefs.notificationsInsecure")}</p>
      )}
    </div>
  );
}
