import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { LicencesValue } from "../../shared/api/types.generated.ts";
import { shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Question } from "../form/Question.tsx";
import cell from "../list/Cell.module.css";
import { Table } from "../list/Table.tsx";
import { AdminPage, Body, Empty } from "../page/AdminPage.tsx";
import { Refresh } from "../page/Refresh.tsx";
import { useSuperUser } from "../self.ts";
import classes from "./Licences.module.css";

const KEY = ["licences"];
const PLACE = "/admin/licences";
/** Of which a licence has a number though nobody is granted them. */
const CHANNELS = ["TWS Audio channel", "TWS Video channel"];

/** Sécurité / Licences: the installation's number, its licence file, and what is left of it. */
export function Licences() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: KEY,
    // Changed by what is done on other pages: looked at again by whoever comes back.
    staleTime: 0,
    queryFn: ({ signal }) => request<LicencesValue>("GET", PLACE, { signal }),
  });
  const [asking, setAsking] = useState<"remove" | "renew" | null>(null);
  const changing = useMutation({
    mutationFn: (change: () => Promise<LicencesValue>) => change(),
    onSuccess: (after) => {
      queries.setQueryData(KEY, after);
      setAsking(null);
    },
  });
  const install = (file: File) =>
    changing.mutate(async () =>
      request<LicencesValue>("PUT", `${PLACE}/file`, { body: { file: await file.text() } }),
    );
  const title = t("admin.pages.licences");
  const licences = found.data;
  const superUser = useSuperUser();
  return (
    <AdminPage
      title={title}
      tools={
        <>
          {licences && superUser && (
            <FileChoice onChoose={install}>
              {(props) => (
                <Button {...props} loading={changing.isPending}>
                  {t("admin.licences.load")}
                </Button>
              )}
            </FileChoice>
          )}
          <Refresh
            words={t("admin.licences.refresh")}
            loading={found.isFetching}
            onClick={() => void found.refetch()}
          />
        </>
      }
    >
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {changing.error && (
        <ProblemLine problem={problemOf(changing.error)} onClose={() => changing.reset()} />
      )}
      <Body>
        {licences && (
          <>
            <Standing of={licences}>
              {superUser && (
                <Button variant="default" onClick={() => setAsking("renew")}>
                  {t("admin.licences.renew")}
                </Button>
              )}
              {superUser && licences.state !== "community" && (
                <Button variant="default" onClick={() => setAsking("remove")}>
                  {t("admin.licences.remove")}
                </Button>
              )}
            </Standing>
            <Counts of={licences} title={title} />
          </>
        )}
      </Body>
      {asking && (
        <Question
          title={t(`admin.licences.${asking}`)}
          words={t(`admin.licences.${asking}s`)}
          submit={t(`admin.licences.${asking}`)}
          busy={changing.isPending}
          onClose={() => setAsking(null)}
          onYes={() =>
            changing.mutate(() =>
              asking === "renew"
                ? request<LicencesValue>("POST", `${PLACE}/dongle`)
                : request<LicencesValue>("DELETE", `${PLACE}/file`),
            )
          }
        />
      )}
    </AdminPage>
  );
}

function Standing({ of: licences, children }: { of: LicencesValue; children: ReactNode }) {
  const { t } = useTranslation();
  const { culture } = useCulture();
  const facts: [label: string, value: string | null][] = [
    [t("admin.licences.voucher"), licences.voucher],
    [t("admin.licences.holder"), licences.holder],
    [t("admin.licences.expires"), licences.expires && shortDay(licences.expires, culture)],
  ];
  return (
    <section className={classes.standing}>
      <p
        className={classes.state}
        data-wrong={!["community", "valid"].includes(licences.state) || undefined}
      >
        {t(`admin.licences.states.${licences.state}` as "admin.licences.states.valid")}
      </p>
      <dl className={classes.facts}>
        <dt>{t("admin.licences.dongle")}</dt>
        <dd>
          <span className={classes.dongle}>{licences.dongle}</span>
          <CopyText text={licences.dongle} />
        </dd>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label} className={classes.fact}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <div className={classes.acts}>{children}</div>
    </section>
  );
}

function Counts({ of: licences, title }: { of: LicencesValue; title: string }) {
  const { t } = useTranslation();
  const shown = (number: number | null) => number ?? t("admin.licences.unlimited");
  if (licences.counts.length === 0) {
    return <Empty>{t("admin.licences.superUsers")}</Empty>;
  }
  return (
    <Table
      label={title}
      rows={licences.counts.map((count) => ({ ...count, id: count.application }))}
      columns={[
        {
          label: t("admin.licences.application"),
          value: (row) => (
            <>
              {row.application}
              {CHANNELS.includes(row.application) && (
                <span className={`${cell.detail} ${cell.wraps}`}>{t("admin.licences.channels")}</span>
              )}
            </>
          ),
          text: (row) => row.application,
        },
        {
          label: t("admin.licences.available"),
          value: (row) => shown(row.available),
          figures: true,
        },
        {
          label: t("admin.licences.used"),
          title: t("admin.licences.usedHelp"),
          value: (row) => row.used,
          figures: true,
        },
        { label: t("admin.licences.free"), value: (row) => shown(row.free), figures: true },
      ]}
    />
  );
}
