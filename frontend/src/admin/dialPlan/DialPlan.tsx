import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { type FormEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Problem } from "../../shared/api/types.ts";
import { problemWords, whyWords } from "../../shared/i18n/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import { useForm } from "../form/useForm.ts";
import { AdminPage, Empty } from "../page/AdminPage.tsx";
import type { Domain } from "../rows.ts";
import classes from "./DialPlan.module.css";
import { Examples } from "./Examples.tsx";
import { type Broken, type Draft, draftOf, type Plan, toSend } from "./plan.ts";
import { Rules } from "./Rules.tsx";
import { PlanSettings } from "./PlanSettings.tsx";
import { Tester } from "./Tester.tsx";

const WHICH = { outgoingRules: "outgoing", incomingRules: "incoming" } as const;

/** Téléphonie / Plan de numérotation: settings and rules of a domain, with the tester beside them. */
export function DialPlan() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const domains = useList("domains").data ?? [];
  const domain = domains.find((each) => each.id === address.domain) ?? domains[0];
  const path = `/admin/domains/${encodeURIComponent(domain?.id ?? "")}/dialPlan`;
  const plan = useQuery({
    queryKey: ["admin", "dialPlan", domain?.id],
    queryFn: () => request<Plan>("GET", path),
    enabled: domain !== undefined,
  });
  return (
    <AdminPage
      title={t("admin.pages.dialPlan")}
      tools={
        domain && (
          <Select
            size="xs"
            aria-label={t("admin.domain")}
            allowDeselect={false}
            value={domain.id}
            data={domains.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(id) => go({ domain: id })}
          />
        )
      }
    >
      {plan.error && <ProblemLine problem={problemOf(plan.error)} />}
      {!domain && <Empty>{t("admin.domains.empty")}</Empty>}
      {domain && plan.data && (
        <PlanForm key={domain.id} domain={domain} plan={plan.data} path={path} />
      )}
    </AdminPage>
  );
}

function PlanForm({ domain, plan, path }: { domain: Domain; plan: Plan; path: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm<Draft>(domain.name, draftOf(plan));
  const { draft, problem } = form;
  const reload = () => queries.invalidateQueries({ queryKey: ["admin"] });
  const save = async (version: number) => {
    const body = { version, ...toSend(draft) };
    const saved = await request<Plan>("PATCH", path, { body });
    queries.setQueryData(["admin", "dialPlan", domain.id], saved);
    await queries.invalidateQueries({ queryKey: ["admin", "domains"] });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit(() => save(plan.version));
  };
  const clash = problem?.code === "conflict" && problem.version !== undefined;
  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) refusal.current?.focus({ preventScroll: true });
  }, [problem]);
  const broken = (problem?.broken ?? []) as (Broken["example"] & { result: string })[];
  return (
    <div className={classes.body}>
      <form className={classes.plan} aria-label={t("admin.pages.dialPlan")} onSubmit={submit}>
        <PlanSettings form={form} />
        <Rules form={form} path={path} />
        <footer className={classes.foot}>
          {problem && (
            <div ref={refusal} tabIndex={-1} className={classes.refusal}>
            {clash && (
              <div role="alert" className={classes.problem}>
                <p>{t("admin.form.changed")}</p>
                <Button
                  variant="default"
                  onClick={() => {
                    form.forget();
                    void reload();
                  }}
                >
                  {t("admin.form.reload")}
                </Button>{" "}
                <Button
                  variant="default"
                  onClick={() => void form.submit(() => save(Number(problem.version)))}
                >
                  {t("admin.form.overwrite")}
                </Button>
              </div>
            )}
            {problem && !clash && <ProblemLine problem={problem} words={ruleWords(t, problem)} />}
            {broken.length > 0 && (
              <ul className={classes.broken}>
                {broken.map((each) => (
                  <li key={`${each.direction} ${each.number}`}>
                    {t("admin.dialPlan.breaks", {
                      number: each.number,
                      result: each.result || t("admin.dialPlan.nothing"),
                      expected: each.expected,
                    })}
                  </li>
                ))}
              </ul>
            )}
            </div>
          )}
          <div className={classes.saving}>
            <Button type="submit" size="sm" loading={form.saving} disabled={!form.dirty}>
              {t("save")}
            </Button>
            <span role="status" className={classes.quiet}>
              {form.saved ? t("admin.form.saved") : form.dirty ? t("admin.form.unsaved") : ""}
            </span>
          </div>
        </footer>
      </form>
      <aside className={classes.side}>
        <Tester form={form} path={path} />
        <Examples form={form} />
      </aside>
    </div>
  );
}

/** Which rule is refused, and why; of all else the words are those of any problem. */
function ruleWords(t: TFunction, problem: Problem): string {
  const which = WHICH[problem.field as keyof typeof WHICH];
  if (!which || typeof problem.row !== "number") return problemWords(t, problem);
  const what = t(`admin.dialPlan.${which}`);
  return t("why.of", {
    field: t("admin.dialPlan.ofRule", { what, n: problem.row + 1 }),
    why: whyWords(t, problem) ?? "",
  });
}
