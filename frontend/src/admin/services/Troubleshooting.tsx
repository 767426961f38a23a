import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ExaminationValue, FindingValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { PAGES } from "../address/address.ts";
import { useAddress } from "../address/context.tsx";
import cell from "../list/Cell.module.css";
import { Table } from "../list/Table.tsx";
import { AdminPage, Body } from "../page/AdminPage.tsx";
import { Refresh } from "../page/Refresh.tsx";
import { useSuperUser } from "../self.ts";
import classes from "./Services.module.css";
import { SupportBundle } from "./SupportBundle.tsx";

const MARKS: Record<string, Mark> = { failed: "busy", warning: "held", ok: "free" };

/** Outils / Dépannage: what is usually wrong (10.8), looked at now. */
export function Troubleshooting() {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["admin", "doctor"],
    // Changed by what is done on other pages: looked at again by whoever comes back.
    staleTime: 0,
    queryFn: ({ signal }) => request<ExaminationValue>("GET", "/admin/doctor", { signal }),
  });
  const findings = found.data?.findings ?? [];
  const of = (outcome: string) => findings.filter((one) => one.outcome === outcome).length;
  const title = t("admin.pages.troubleshooting");
  const superUser = useSuperUser();
  return (
    <AdminPage
      title={title}
      tools={
        <Refresh
          words={t("admin.troubleshooting.refresh")}
          loading={found.isFetching}
          onClick={() => void found.refetch()}
        />
      }
    >
      <p className={classes.help} role="status">
        {found.isSuccess &&
          t("admin.troubleshooting.sum", { failed: of("failed"), warnings: of("warning") })}{" "}
        {t("admin.troubleshooting.own")}
      </p>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {superUser && <SupportBundle />}
      <Body>
        <Table
          label={title}
          rows={findings.map((one, n) => ({ ...one, id: String(n) }))}
          columns={[
            {
              label: t("admin.troubleshooting.outcome"),
              value: (row) => <Outcome of={row} />,
            },
            {
              label: t("admin.troubleshooting.check"),
              value: (row) => t(`admin.troubleshooting.checks.${row.check}`),
            },
            {
              label: t("admin.troubleshooting.found"),
              value: (row) => <Found of={row} />,
            },
          ]}
        />
      </Body>
    </AdminPage>
  );
}

function Outcome({ of: row }: { of: FindingValue }) {
  const { t } = useTranslation();
  const words = t(`admin.troubleshooting.outcomes.${row.outcome}`);
  return (
    <StateWords mark={MARKS[row.outcome] ?? "away"} words={words} />
  );
}

function Found({ of: row }: { of: FindingValue }) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const place = PAGES.find((known) => known === row.page);
  return (
    <>
      <span className={cell.wraps}>{say(row.said)}</span>
      {row.todo && <span className={`${cell.detail} ${cell.wraps}`}>{say(row.todo)}</span>}
      {place && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            go({
              page: place,
              company: row.company ?? address.company,
              domain: row.company && row.company !== address.company ? null : address.domain,
              edit: row.row,
              filters: {},
            })
          }
        >
          {t("admin.troubleshooting.open")}
        </Button>
      )}
    </>
  );
}
