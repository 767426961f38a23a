import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { PasskeyValue } from "../api/types.generated.ts";
import { shortDay } from "../time/clock.ts";
import { useCulture } from "../time/culture.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Account.module.css";

type Props = { passkeys: PasskeyValue[]; onRemoved: () => Promise<void> };

/** Somebody's passkeys: when each was made and used, and taken away once that is confirmed. */
export function PasskeyList({ passkeys, onRemoved }: Props) {
  return (
    <ul className={classes.list}>
      {passkeys.map((each) => (
        <One key={each.id} of={each} onRemoved={onRemoved} />
      ))}
    </ul>
  );
}

function One({ of: passkey, onRemoved }: { of: PasskeyValue; onRemoved: () => Promise<void> }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => request("DELETE", `/passkeys/${encodeURIComponent(passkey.id)}`),
    onSuccess: onRemoved,
  });
  const day = (at: string) => shortDay(at, culture, timeZone);
  const facts = [
    t("account.passkeyMade", { day: day(passkey.created) }),
    passkey.seen
      ? t("account.passkeySeen", { day: day(passkey.seen) })
      : t("account.passkeyUnused"),
    passkey.place !== location.hostname && passkey.place,
  ];
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.what}>
          {passkey.name} <span className={classes.help}>{facts.filter(Boolean).join(" · ")}</span>
        </span>
        {!asking && (
          <Button
            variant="default"
            aria-label={t("account.passkeyRemoveOf", { name: passkey.name })}
            onClick={() => setAsking(true)}
          >
            {t("account.passkeyRemove")}
          </Button>
        )}
      </div>
      {asking && (
        <div className={classes.row}>
          <span className={classes.help}>{t("account.passkeyRemoves")}</span>
          <Button variant="default" autoFocus onClick={() => setAsking(false)}>
            {t("no")}
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("account.passkeyRemoveYes")}
          </Button>
        </div>
      )}
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
    </li>
  );
}
