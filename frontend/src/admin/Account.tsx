import { Button, Popover } from "@mantine/core";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChangePassword } from "../shared/account/ChangePassword.tsx";
import { Passkeys } from "../shared/account/Passkeys.tsx";
import { SecondFactor } from "../shared/account/SecondFactor.tsx";
import { Sessions } from "../shared/account/Sessions.tsx";
import classes from "./Administration.module.css";

/** The administrator's own: password, second factor, where they are signed in. */
export function Account({ name }: { name: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [password, setPassword] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={360} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          aria-label={name}
          title={t("account.title")}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.who}>{name}</span>
          <UserRound size={16} aria-hidden className={classes.person} />
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("account.title")} className={classes.account}>
        <SecondFactor />
        <Passkeys />
        <Sessions />
        {password ? (
          <ChangePassword onClose={() => setPassword(false)} />
        ) : (
          <Button variant="default" onClick={() => setPassword(true)}>
            {t("account.password")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
