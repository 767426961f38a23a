import { Button, Kbd, SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { ChangePassword } from "../../shared/account/ChangePassword.tsx";
import { Passkeys } from "../../shared/account/Passkeys.tsx";
import { SecondFactor } from "../../shared/account/SecondFactor.tsx";
import { Sessions } from "../../shared/account/Sessions.tsx";
import { useValue } from "../../shared/live/context.tsx";
import { UserPhoto } from "../../shared/ui/UserPhoto.tsx";
import { useNotifications } from "../notifications.ts";
import { usePhone } from "../phone/Phone.tsx";
import { useSetting } from "../settings.ts";
import { Accounts } from "./Accounts.tsx";
import { ApiKeys } from "./ApiKeys.tsx";
import classes from "./TitleBar.module.css";

export function Preferences({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const [space, setSpace] = useSetting("space");
  const [password, setPassword] = useState(false);
  const me = useValue<Me>("me");
  return (
    <section className={classes.prefs}>
      <h3 className={classes.title}>{t("caller.prefs.title")}</h3>
      <UserPhoto photo={me?.photo ?? null} />
      <Theme />
      <Switch
        size="sm"
        label={t("caller.prefs.space")}
        checked={space === "on"}
        onChange={(event) => setSpace(event.currentTarget.checked ? "on" : "off")}
      />
      <Notifications />
      <Accounts />
      <ApiKeys />
      <SecondFactor />
      <Passkeys />
      <Sessions />
      <Keys />
      {password ? (
        <ChangePassword onClose={() => setPassword(false)} />
      ) : (
        <div className={classes.row}>
          <Button variant="default" onClick={() => setPassword(true)}>
            {t("account.password")}
          </Button>
          <Button variant="default" onClick={onLeave}>
            {t("signIn.signOut")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Theme() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("caller.prefs.theme")}
      data={(["light", "dark", "auto"] as const).map((value) => ({
        value,
        label: t(`theme.${value}`),
      }))}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
    />
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

function Keys() {
  const { t } = useTranslation();
  const lacking = usePhone().dialling === "lacking";
  return (
    <div>
      <h3 className={classes.title}>{t("caller.prefs.keys")}</h3>
      <dl className={classes.keys}>
        <dt>
          <Kbd size="xs">/</Kbd>
        </dt>
        <dd>{t(lacking ? "caller.prefs.keyOnlySearch" : "caller.prefs.keySearch")}</dd>
        {!lacking && <DiallingKeys />}
        <dt>
          <Kbd size="xs">{t("caller.act.spaceAnswers")}</Kbd>
        </dt>
        <dd>{t("caller.prefs.keyAnswer")}</dd>
      </dl>
    </div>
  );
}

function DiallingKeys() {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyEnter")}</dd>
      <dt>
        <Kbd size="xs">Alt</Kbd> <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyAltEnter")}</dd>
      <dt>
        <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyCtrlEnter")}</dd>
    </>
  );
}
