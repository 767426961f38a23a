import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExternalAccountValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import prefs from "./Preferences.module.css";
import { ExternalAccount } from "./ExternalAccount.tsx";
import { ExternalContacts } from "./ExternalContacts.tsx";
import { useExternal } from "../chat/useExternal.ts";

/** In the preferences: one's account with people outside, and who is known there. */
export function External() {
  const { t } = useTranslation();
  const external = useExternal();
  const [open, setOpen] = useState(false);
  if (!external) return null;
  const { account, contacts } = external;
  return (
    <section className={prefs.part} aria-label={t("caller.external.title")}>
      <h3 className={prefs.title}>{t("caller.external.title")}</h3>
      <p className={prefs.help}>{t("caller.external.help")}</p>
      {open ? (
        <ExternalAccount account={account} onClose={() => setOpen(false)} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {account?.address ?? t("caller.external.none")}
          </Button>
          {account && <State account={account} />}
        </div>
      )}
      {account && <ExternalContacts contacts={contacts} connected={account.state === "connected"} />}
    </section>
  );
}

function State({ account }: { account: ExternalAccountValue }) {
  const { t } = useTranslation();
  const wrong = account.state === "away" || account.state === "refused";
  return (
    <p className={wrong ? prefs.wrong : prefs.help} role="status">
      {t(`caller.external.states.${account.state}`)}{" "}
      {account.why && <q>{say(account.why)}</q>}
    </p>
  );
}
