import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ApiKeyValue, NewApiKeyValue } from "../../shared/api/types.generated.ts";
import { shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { NewApiKey } from "./NewApiKey.tsx";
import { ApiKeySecret } from "./ApiKeySecret.tsx";
import classes from "./TitleBar.module.css";

const PLACE = "/api-keys";

/** The keys with which programs act as the user: made, listed, revoked. */
export function ApiKeys() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [step, setStep] = useState<"list" | "new">("list");
  const [made, setMade] = useState<NewApiKeyValue | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const found = useQuery({
    queryKey: ["api-keys"],
    queryFn: ({ signal }) => request<ApiKeyValue[]>("GET", PLACE, { signal }),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ["api-keys"] });
  const keys = found.data ?? [];
  // What had the focus is gone: the keyboard stays in this section.
  const back = () => {
    setStep("list");
    setMade(null);
    requestAnimationFrame(() => add.current?.focus());
  };
  return (
    <section aria-label={t("caller.prefs.apiKeys")}>
      <h3 className={classes.title}>{t("caller.prefs.apiKeys")}</h3>
      <p className={classes.help}>{t("caller.prefs.apiKeysHelp")}</p>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {keys.length > 0 && (
        <ul className={classes.apiKeys}>
          {keys.map((key) => (
            <ApiKey
              key={key.id}
              of={key}
              onRevoked={async () => {
                await refresh();
                back();
              }}
            />
          ))}
        </ul>
      )}
      {made && <ApiKeySecret made={made} onClose={back} />}
      {!made && step === "new" && (
        <NewApiKey
          onClose={back}
          onMade={(key) => {
            setMade(key);
            void refresh();
          }}
        />
      )}
      {!made && step === "list" && (
        <Button ref={add} variant="default" onClick={() => setStep("new")}>
          {t("caller.prefs.apiKeyNew")}
        </Button>
      )}
    </section>
  );
}

type Props = { of: ApiKeyValue; onRevoked: () => Promise<void> };

function ApiKey({ of: key, onRevoked }: Props) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => request("DELETE", `${PLACE}/${encodeURIComponent(key.id)}`),
    onSuccess: onRevoked,
  });
  const day = (at: string) => shortDay(at, culture, timeZone);
  const facts = [
    key.seen
      ? t("caller.prefs.apiKeySeen", { day: day(key.seen) })
      : t("caller.prefs.apiKeyUnused"),
    // The day was chosen by this computer's calendar.
    key.expires && t("caller.prefs.apiKeyEnds", { day: shortDay(key.expires, culture) }),
  ];
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.apiKey}>
          {key.label} <span className={classes.help}>{facts.filter(Boolean).join(" · ")}</span>
        </span>
        {!asking && (
          <Button
            variant="default"
            aria-label={t("caller.prefs.apiKeyRevokeOf", { label: key.label })}
            onClick={() => setAsking(true)}
          >
            {t("caller.prefs.apiKeyRevoke")}
          </Button>
        )}
      </div>
      {asking && (
        <div className={classes.row}>
          <span>{t("caller.prefs.apiKeyRevokes")}</span>
          <Button variant="default" autoFocus onClick={() => setAsking(false)}>
            {t("no")}
          </Button>
          <Button loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t("caller.prefs.apiKeyRevokeYes")}
          </Button>
        </div>
      )}
      {revoke.error && <ProblemLine problem={problemOf(revoke.error)} />}
    </li>
  );
}
