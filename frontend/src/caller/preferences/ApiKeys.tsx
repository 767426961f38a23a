import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ApiKeyValue, NewApiKeyValue } from "../../shared/api/types.generated.ts";
import { shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { RemovableRow, RemovableRows } from "../../shared/ui/RemovableRow.tsx";
import { NewApiKey } from "./NewApiKey.tsx";
import { ApiKeySecret } from "./ApiKeySecret.tsx";
import classes from "./Preferences.module.css";

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
      <h4 className={classes.title}>{t("caller.prefs.apiKeys")}</h4>
      <p className={classes.help}>{t("caller.prefs.apiKeysHelp")}</p>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {keys.length > 0 && (
        <RemovableRows>
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
        </RemovableRows>
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
  const day = (at: string) => shortDay(at, culture, timeZone);
  const facts = [
    key.seen
      ? t("caller.prefs.apiKeySeen", { day: day(key.seen) })
      : t("caller.prefs.apiKeyUnused"),
    // The day was chosen by this computer's calendar.
    key.expires && t("caller.prefs.apiKeyEnds", { day: shortDay(key.expires, culture) }),
  ];
  return (
    <RemovableRow
      name={key.label}
      facts={facts}
      words={{
        remove: t("caller.prefs.apiKeyRevoke"),
        removeOf: t("caller.prefs.apiKeyRevokeOf", { label: key.label }),
        removes: t("caller.prefs.apiKeyRevokes"),
        yes: t("caller.prefs.apiKeyRevokeYes"),
      }}
      onRemove={() => request("DELETE", `${PLACE}/${encodeURIComponent(key.id)}`)}
      onRemoved={onRevoked}
    />
  );
}
