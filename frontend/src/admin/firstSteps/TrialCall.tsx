import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { TrialCallValue } from "../../shared/api/types.generated.ts";
import { causeWords } from "../../shared/i18n/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { byNumber, type LiveDevice } from "../live/states.ts";
import classes from "./FirstSteps.module.css";

const PLACE = "/admin/trial-calls";
/** Milliseconds between two looks at a call that goes on. */
const EVERY = 1000;

/** From a telephone of the domain to a number: the whole way, as its user would. */
export function TrialCall(props: { devices: LiveDevice[]; onAnswered: () => void }) {
  const { t } = useTranslation();
  const ready = props.devices
    .filter((one) => one.state === "monitored")
    .sort((a, b) => byNumber(a.number, b.number));
  const [chosen, setChosen] = useState("");
  const [called, setCalled] = useState("");
  const from = ready.find((one) => one.id === chosen) ?? ready[0];
  const beginning = useMutation({
    mutationFn: () =>
      request<TrialCallValue>("POST", PLACE, { body: { device: from?.id, called } }),
  });
  const { call, clear, problem } = useTrial(beginning.data);
  const answered = Boolean(call?.answered);
  const { onAnswered } = props;
  useEffect(() => {
    if (answered) onAnswered();
  }, [answered, onAnswered]);
  const going = call !== undefined && call.ended === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    beginning.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t("admin.firstSteps.steps.call.name")}>
      <div className={classes.fields}>
        <NativeSelect
          size="xs"
          label={t("admin.firstSteps.trial.from")}
          value={from?.id ?? ""}
          disabled={going || ready.length === 0}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={ready.map((one) => ({ value: one.id, label: one.number }))}
        />
        <TextInput
          size="xs"
          label={t("admin.firstSteps.trial.to")}
          inputMode="tel"
          required
          withAsterisk={false}
          disabled={going}
          value={called}
          onChange={(event) => setCalled(event.currentTarget.value)}
        />
        {going ? (
          <Button size="xs" color="red" loading={clear.isPending} onClick={() => clear.mutate()}>
            {t("admin.firstSteps.trial.clear")}
          </Button>
        ) : (
          <Button size="xs" type="submit" loading={beginning.isPending} disabled={!from}>
            {t("admin.firstSteps.trial.call")}
          </Button>
        )}
      </div>
      <p className={classes.line} role="status">
        {call && t(`admin.firstSteps.trial.${stage(call)}`, { number: call.called })}{" "}
        {call?.ended && !call.answered && causeWords(t, call.cause)}
      </p>
      {(beginning.error ?? problem) && (
        <ProblemLine problem={problemOf(beginning.error ?? problem)} />
      )}
    </form>
  );
}

/** The call as it stands, looked at until it is over. */
function useTrial(begun: TrialCallValue | undefined) {
  const place = `${PLACE}/${encodeURIComponent(begun?.id ?? "")}`;
  const found = useQuery({
    queryKey: ["trial", begun?.id],
    queryFn: ({ signal }) => request<TrialCallValue>("GET", place, { signal }),
    initialData: begun,
    enabled: begun !== undefined,
    refetchInterval: (query) => (query.state.data?.ended ? false : EVERY),
  });
  const clear = useMutation({
    mutationFn: () => request<void>("DELETE", place),
    onSettled: () => found.refetch(),
  });
  return { call: begun && found.data, clear, problem: clear.error ?? found.error };
}

function stage(call: TrialCallValue) {
  if (call.ended) return call.answered ? "worked" : "failed";
  if (call.answered) return "answered";
  return call.alerted ? "rings" : "dialled";
}
