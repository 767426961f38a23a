import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import type { ApplicationUsersValue, LicencesValue } from "../../shared/api/types.generated.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { type Mark, StateMark } from "../../shared/ui/StateMark.tsx";
import type { PageName } from "../address/address.ts";
import { useAddress } from "../address/context.tsx";
import { useCompany, useInDomain, useList } from "../data.ts";
import type { LiveDevice, LiveLink } from "../live/states.ts";
import { AdminPage } from "../page/AdminPage.tsx";
import { CALLER, Everybody } from "./Everybody.tsx";
import classes from "./FirstSteps.module.css";
import { type Known, type Step, type StepName, steps } from "./steps.ts";
import { TrialCall } from "./TrialCall.tsx";

const MARKS: Record<Step["state"], Mark> = { done: "free", todo: "away", wrong: "busy" };

/** Not every step has words for every state: nobody's domain is wrong. */
type SomeSaid = "admin.firstSteps.steps.link.done";

/** Where each step is done, and where its state is seen. */
const PLACES: Partial<Record<StepName, { to: PageName; see?: PageName }>> = {
  domain: { to: "domains", see: "dialPlan" },
  licence: { to: "licences" },
  link: { to: "links", see: "linkStates" },
  users: { to: "users", see: "deviceStates" },
  caller: { to: "authorisations", see: "groups" },
};

/** Global / Premiers pas: from nothing to a first call, for what one works on. */
export function FirstSteps() {
  const { t } = useTranslation();
  const known = useKnown();
  const [called, setCalled] = useState(false);
  const live = useCurrent();
  const all = steps(known, called);
  const next = all.find((one) => one.state !== "done");
  const done = all.filter((one) => one.state === "done").length;
  const title = t("admin.pages.firstSteps");
  return (
    <AdminPage title={title}>
      <p className={classes.sum} role="status">
        {next
          ? t("admin.firstSteps.sum", { done, of: all.length })
          : t("admin.firstSteps.finished")}
      </p>
      <ol className={classes.steps} aria-label={title} aria-busy={!live}>
        {all.map((one, n) => (
          <StepRow key={one.name} step={one} number={n + 1} now={one === next}>
            {one.name === "caller" && one.state === "todo" && one.of > 0 && known.domain && (
              <Everybody domain={known.domain} />
            )}
            {one.name === "call" && (
              <TrialCall devices={known.devices} onAnswered={() => setCalled(true)} />
            )}
          </StepRow>
        ))}
      </ol>
    </AdminPage>
  );
}

/** Of the chosen domain, or of the company; links also of other domains whose telephones are here. */
function useKnown(): Known {
  const { address } = useAddress();
  const domains = useList("domains").data ?? [];
  const company = useCompany();
  const stored = useInDomain(useList("devices").data);
  const here = new Set(stored.map((device) => device.id));
  const theirs = new Set(stored.map((device) => device.link));
  const links = useValues<LiveLink>("link").filter((one) => one.company === company && one.enabled);
  const licences = useQuery({
    queryKey: ["licences"],
    queryFn: ({ signal }) => request<LicencesValue>("GET", "/admin/licences", { signal }),
  });
  const query = { application: CALLER, company, domain: address.domain };
  const callers = useQuery({
    queryKey: ["admin", "application-users", query],
    queryFn: () => request<ApplicationUsersValue>("GET", "/admin/application-users", { query }),
    enabled: company !== null,
  });
  return {
    domain: domains.find((one) => one.id === address.domain) ?? domains[0],
    licences: licences.data,
    links: links.filter(
      (one) => !address.domain || one.domain === address.domain || theirs.has(one.id),
    ),
    devices: useValues<LiveDevice>("device").filter((device) => here.has(device.id)),
    callers: callers.data,
  };
}

function StepRow(props: { step: Step; number: number; now: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const { name, state, count, of } = props.step;
  const place = PLACES[name];
  const empty = of === 0 && (name === "link" || name === "users");
  const mark = t(`admin.firstSteps.states.${state}`);
  return (
    <li className={classes.step} aria-current={props.now ? "step" : undefined}>
      <span className={classes.mark}>
        <StateMark mark={MARKS[state]} label={mark} />
      </span>
      <div className={classes.words}>
        <h3 className={classes.name}>
          {props.number}. {t(`admin.firstSteps.steps.${name}.name`)}
        </h3>
        <p className={classes.said}>
          {t(`admin.firstSteps.steps.${name}.${state}` as SomeSaid, { count, of })}
        </p>
        {props.children}
        {place && (
          <div className={classes.acts}>
            <Button
              size="xs"
              variant={props.now ? "filled" : "default"}
              onClick={() => go({ page: place.to, edit: empty ? "new" : null, filters: {} })}
            >
              {t(`admin.pages.${place.to}`)}
            </Button>
            {place.see && <See page={place.see} />}
          </div>
        )}
      </div>
    </li>
  );
}

function See({ page }: { page: PageName }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  return (
    <Button size="xs" variant="subtle" onClick={() => go({ page, edit: null, filters: {} })}>
      {t(`admin.pages.${page}`)}
    </Button>
  );
}
