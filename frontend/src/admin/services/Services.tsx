import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  ServicesChangedValue,
  ServicesValue,
  ServiceValue,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { Question } from "../form/Question.tsx";
import cell from "../list/Cell.module.css";
import { Table } from "../list/Table.tsx";
import { AdminPage, Body } from "../page/AdminPage.tsx";
import { Refresh } from "../page/Refresh.tsx";
import { Nodes } from "./Nodes.tsx";
import { RenewKey } from "./RenewKey.tsx";
import classes from "./Services.module.css";

const KEY = ["admin", "services"];
const PLACE = "/admin/services";
const EVERY = 5_000;
const MARKS: Record<string, Mark> = { running: "free", failed: "busy", stopped: "busy" };
type What = "start" | "stop" | "restart";

/** Outils / TWS Services: the parts of the server, started and stopped. */
export function Services() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<ServicesValue>("GET", PLACE, { signal }),
    refetchInterval: EVERY,
  });
  const superUser = found.data?.mayChange ?? false;
  const [asking, setAsking] = useState<{ what: "stop" | "restart"; of: ServiceValue } | null>(null);
  const ordering = useMutation({
    mutationFn: ({ what, of }: { what: What; of: ServiceValue }) =>
      request<ServicesChangedValue>("POST", `${PLACE}/${encodeURIComponent(of.name)}/${what}`),
    onSuccess: ({ services }) => queries.setQueryData(KEY, { services, mayChange: true }),
    onError: () => void queries.invalidateQueries({ queryKey: KEY }),
    onSettled: () => setAsking(null),
  });
  const named = (names: string[]) =>
    names.map((name) => t(`admin.services.names.${name}` as "admin.services.names.web")).join(", ");
  const title = t("admin.pages.services");
  const rows = (found.data?.services ?? []).map((each) => ({ ...each, id: each.name }));
  return (
    <AdminPage
      title={title}
      tools={
        <Refresh words={t("admin.services.refresh")} onClick={() => void found.refetch()} />
      }
    >
      <p className={classes.help}>
        {superUser ? t("admin.services.until") : t("admin.services.superUsers")}
      </p>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {ordering.error && (
        <ProblemLine problem={problemOf(ordering.error)} onClose={() => ordering.reset()} />
      )}
      <Done of={ordering.data} named={named} />
      <Body>
        {superUser && <Nodes />}
        <Table
          label={title}
          rows={rows}
          columns={[
            { label: t("admin.services.service"), value: (row) => <Name of={row} named={named} /> },
            { label: t("admin.services.state"), value: (row) => <State of={row} /> },
            {
              label: t("admin.services.needs"),
              value: (row) => named(row.needs),
              spare: true,
            },
            {
              label: t("admin.services.action"),
              value: (row) =>
                superUser && (
                  <Acts
                    of={row}
                    busy={ordering.isPending}
                    onStart={() => ordering.mutate({ what: "start", of: row })}
                    onAsk={(what) => setAsking({ what, of: row })}
                  />
                ),
            },
          ]}
        />
      </Body>
      {asking && (
        <Question
          title={t(`admin.services.${asking.what}s`, { name: named([asking.of.name]) })}
          words={[
            t(`admin.services.effects.${asking.of.name}` as "admin.services.effects.links"),
            asking.of.stopsWith.length > 0
              ? t("admin.services.with", { names: named(asking.of.stopsWith) })
              : t("admin.services.alone"),
          ].join(" ")}
          submit={t(`admin.services.${asking.what}`)}
          busy={ordering.isPending}
          onClose={() => setAsking(null)}
          onYes={() => ordering.mutate(asking)}
        />
      )}
    </AdminPage>
  );
}

/** Which parts an order stopped and started. */
function Done({ of: done, named }: { of: undefined | ServicesChangedValue; named: (names: string[]) => string }) {
  const { t } = useTranslation();
  return (
    <p className={classes.help} role="status">
      {(["stopped", "started"] as const)
        .filter((what) => done && done[what].length > 0)
        .map((what) => t(`admin.services.done.${what}`, { names: named(done?.[what] ?? []) }))
        .join(" ")}
    </p>
  );
}

function Name({ of: row, named }: { of: ServiceValue; named: (names: string[]) => string }) {
  const { t } = useTranslation();
  const short = row.aliases.filter((alias) => alias.startsWith("TWS$"));
  return (
    <span title={t("admin.services.guide", { names: row.aliases.join(", ") })}>
      {named([row.name])}
      {short.length > 0 && (
        <span className={classes.guide}>
          {/* Where there is no room they break after a part of the name. */}
          {short
            .join(", ")
            .split(/(?<=_)/)
            .map((part, n) => (
              <Fragment key={n}>
                {n > 0 && <wbr />}
                {part}
              </Fragment>
            ))}
        </span>
      )}
    </span>
  );
}

function State({ of: row }: { of: ServiceValue }) {
  const { t } = useTranslation();
  const words = t(`admin.services.states.${row.state}`);
  return (
    <>
      <StateWords mark={MARKS[row.state] ?? "away"} words={words} />
      {row.why && row.state !== "absent" && (
        <span className={cell.detail}>{say(row.why)}</span>
      )}
    </>
  );
}

type ActsProps = {
  of: ServiceValue;
  busy: boolean;
  onStart: () => void;
  onAsk: (what: "stop" | "restart") => void;
};

/** The opposite of the state, and to do it again. */
function Acts({ of: row, busy, onStart, onAsk }: ActsProps) {
  const { t } = useTranslation();
  if (row.state === "absent") return null;
  if (row.fixed) return <span className={cell.quiet}>{t("admin.services.fixed")}</span>;
  const button = (what: What, onClick: () => void) => (
    <Button size="compact-xs" variant="default" disabled={busy} onClick={onClick}>
      {t(`admin.services.${what}`)}
    </Button>
  );
  return (
    <span className={classes.acts}>
      {row.state === "stopped" ? (
        button("start", onStart)
      ) : (
        <>
          {button("stop", () => onAsk("stop"))}
          {button("restart", () => onAsk("restart"))}
        </>
      )}
      {row.name === "push" && <RenewKey />}
    </span>
  );
}
