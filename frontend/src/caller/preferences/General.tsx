import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChangePassword } from "../../shared/account/ChangePassword.tsx";
import { Passkeys } from "../../shared/account/Passkeys.tsx";
import { SecondFactor } from "../../shared/account/SecondFactor.tsx";
import { Sessions } from "../../shared/account/Sessions.tsx";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { UserPhoto } from "../../shared/ui/UserPhoto.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { ApiKeys } from "./ApiKeys.tsx";
import { Choose } from "./Choose.tsx";
import { DeskHelper } from "./DeskHelper.tsx";
import { Desktop } from "./Desktop.tsx";
import { Group } from "./Group.tsx";
import { HotKeys } from "./HotKeys.tsx";
import { Keys } from "./Keys.tsx";
import classes from "./Preferences.module.css";

/** Général: how one calls, the language, what is of the computer, and one's own account; what is
 * looked for most often comes first. */
export function General({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState(false);
  const me = useValue<Me>("me");
  return (
    <>
      <Group title={t("caller.prefs.groups.calls")}>
        <Choose name="spaceAnswers" label={t("caller.prefs.space")} />
        <HiddenNumber />
        <HotKeys />
        <Keys />
      </Group>
      <Group title={t("caller.prefs.groups.page")}>
        <Language culture={me?.culture ?? "Auto"} />
        <UserPhoto photo={me?.photo ?? null} />
      </Group>
      <Group title={t("caller.prefs.groups.computer")}>
        <Desktop />
        <DeskHelper />
      </Group>
      <Group title={t("caller.prefs.groups.account")}>
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
        <SecondFactor heading="h4" />
        <Passkeys heading="h4" />
        <Sessions heading="h4" />
        <ApiKeys />
      </Group>
    </>
  );
}

/** Where one of the telephones can. */
function HiddenNumber() {
  const { t } = useTranslation();
  const { devices } = usePhone();
  if (!devices.some((device) => device.hidesNumber)) return null;
  return (
    <Choose
      name="hideNumber"
      label={t("caller.prefs.hideNumber")}
      help={t("caller.prefs.hideNumberHelp")}
    />
  );
}

function Language({ culture }: { culture: string }) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: (wanted: string) =>
      request("PUT", "/language", { body: { culture: wanted } }),
  });
  return (
    <div>
      <NativeSelect
        label={t("caller.prefs.language")}
        description={t("caller.prefs.languageHelp")}
        // Languages are called by their own names.
        data={[
          { value: "Auto", label: t("caller.prefs.languageAuto") },
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
        value={change.isPending ? change.variables : culture}
        onChange={(event) => change.mutate(event.currentTarget.value)}
      />
      {change.error && <ProblemLine problem={problemOf(change.error)} />}
    </div>
  );
}
