import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { NewApiKeyValue } from "../../shared/api/types.generated.ts";
import { dayKey } from "../../shared/time/clock.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Preferences.module.css";

type Props = { onMade: (key: NewApiKeyValue) => void; onClose: () => void };

/** What a key is for, and until when it holds: for ever, or to the end of a day. */
export function NewApiKey({ onMade, onClose }: Props) {
  const { t } = useTranslation();
  const [label, setLabel] = useState("");
  const [day, setDay] = useState("");
  const make = useMutation({
    mutationFn: () =>
      request<NewApiKeyValue>("POST", "/api-keys", {
        body: { label, expires: day ? new Date(`${day}T23:59:59`).toISOString() : null },
      }),
    onSuccess: onMade,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  return (
    <form className={classes.password} aria-label={t("caller.prefs.apiKeyNew")} onSubmit={submit}>
      <TextInput
        label={t("caller.prefs.apiKeyLabel")}
        autoComplete="off"
        required
        withAsterisk={false}
        autoFocus
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t("caller.prefs.apiKeyEnd")}
        min={dayKey(Date.now())}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {make.error && <ProblemLine problem={problemOf(make.error)} />}
      <div className={classes.row}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t("caller.prefs.apiKeyMake")}
        </Button>
      </div>
    </form>
  );
}
