import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Form } from "../form/useForm.ts";
import classes from "./DialPlan.module.css";
import {
  DIRECTIONS,
  type Direction,
  type Draft,
  exampleOf,
  isKept,
  type Trial,
  toSend,
} from "./plan.ts";

/** What the plan, as it is edited now, makes of a number: every rule tried, and which one won. */
export function Tester({ form, path }: { form: Form<Draft>; path: string }) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState<Direction>("dialled");
  const [number, setNumber] = useState("");
  const test = useMutation({
    mutationFn: () =>
      request<Trial>("POST", `${path}/test`, {
        body: { direction, number, draft: toSend(form.draft) },
      }),
  });
  // What was tried holds for these rules only.
  const plan = JSON.stringify({ ...form.draft, numberExamples: null });
  const { reset } = test;
  useEffect(() => reset(), [plan, direction, reset]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate();
  };
  return (
    <section aria-label={t("admin.dialPlan.tester")}>
      <h3 className={classes.legend}>{t("admin.dialPlan.tester")}</h3>
      <form className={classes.test} onSubmit={submit}>
        <Select
          size="xs"
          aria-label={t("admin.dialPlan.direction")}
          allowDeselect={false}
          value={direction}
          data={DIRECTIONS.map((each) => ({
            value: each,
            label: t(`admin.dialPlan.directions.${each}`),
          }))}
          onChange={(value) => setDirection((value ?? "dialled") as Direction)}
        />
        <TextInput
          size="xs"
          aria-label={t("admin.dialPlan.number")}
          placeholder={t(`admin.dialPlan.placeholders.${direction}`)}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" loading={test.isPending} disabled={number.trim() === ""}>
          {t("admin.dialPlan.try")}
        </Button>
      </form>
      {test.error && <ProblemLine problem={problemOf(test.error)} />}
      {test.data && <Result trial={test.data} form={form} />}
    </section>
  );
}

function Result({ trial, form }: { trial: Trial; form: Form<Draft> }) {
  const { t } = useTranslation();
  const kept = isKept(form.draft.numberExamples, trial);
  return (
    <div role="status">
      <p className={classes.result}>
        <span className={classes.quiet}>{t(`admin.dialPlan.results.${trial.direction}`)}</span>{" "}
        <output>{trial.result || t("admin.dialPlan.nothing")}</output>
      </p>
      {trial.remarks.map((remark) => (
        <p key={remark} className={classes.remark}>
          {t(`admin.dialPlan.remarks.${remark}`)}
        </p>
      ))}
      <ol className={classes.steps}>
        {trial.steps.map((step) => (
          <li key={step.kind}>
            {t(`admin.dialPlan.steps.${step.kind}`)} <code>{step.value}</code>
          </li>
        ))}
      </ol>
      {trial.tried.length > 0 && (
        <table className={classes.tried}>
          <tbody>
            {trial.tried.map((one, at) => (
              <tr
                key={at}
                data-verdict={one.verdict}
              >
                <td>{one.rule.priority}</td>
                <td>
                  <code title={one.rule.pattern}>{one.pattern}</code>
                </td>
                <td>{t(`admin.dialPlan.verdicts.${one.verdict}`)}</td>
                <td>{one.result && <code>{one.result}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {trial.broken.length > 0 && (
        <p className={classes.remark}>
          {t("admin.dialPlan.wouldBreak", { count: trial.broken.length })}
        </p>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={kept}
        onClick={() =>
          form.set({ numberExamples: [...form.draft.numberExamples, exampleOf(trial)] })
        }
      >
        {t(kept ? "admin.dialPlan.isKept" : "admin.dialPlan.keep")}
      </Button>
    </div>
  );
}
