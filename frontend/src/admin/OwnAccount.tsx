import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChangePassword } from "../shared/account/ChangePassword.tsx";
import { Passkeys } from "../shared/account/Passkeys.tsx";
import { SecondFactor } from "../shared/account/SecondFactor.tsx";
import { Sessions } from "../shared/account/Sessions.tsx";

/** The administrator's own: password, second factor, where they are signed in. */
export function OwnAccount() {
  const { t } = useTranslation();
  const [password, setPassword] = useState(false);
  return (
    <>
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
    </>
  );
}
