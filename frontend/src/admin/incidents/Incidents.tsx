import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { IncidentValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany } from "../data.ts";
import { ExportLink } from "../entries/ExportLink.tsx";
import { More } from "../entries/More.tsx";
import { useEntries } from "../entries/useEntries.ts";
import { AdminPage, Body, Empty } from "../page/AdminPage.tsx";
import { Acknowledge } from "./Acknowledge.tsx";
import { Filters } from "./Filters.tsx";
import { asked } from "./incident.ts";
import own from "./Incidents.module.css";
import { List } from "./List.tsx";
import { useStanding } from "./standing.ts";

const PLACE = "/admin/incidents";
const MOST = 200;

/** Outils / Incidents: what went wrong, from when to when, why, and who knows of it. */
export function Incidents() {
  const { t } = useTranslation();
  const company = useCompany();
  const { address } = useAddress();
  const [filters] = useDebouncedValue(address.filters, 300);
  const query = asked(company, filters);
  const changed = useStanding()?.changed;
  const { entries: incidents, ...found } = useEntries<IncidentValue>(PLACE, query);
  const { refetch } = found;
  useEffect(() => void refetch(), [changed, refetch]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<string[] | null>(null);
  const open = incidents.filter((one) => one.acknowledged === null);
  const chosen = open.filter((one) => selected.has(one.id)).map((one) => one.id);
  return (
    <AdminPage
      title={t("admin.pages.incidents")}
      tools={
        <>
          <Filters />
          <ExportLink place={PLACE} query={query} words={t("admin.incidents.export")} />
        </>
      }
    >
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {open.length > 0 && (
        <div className={own.acts}>
          <Button
            size="xs"
            variant="default"
            onClick={() => setSelected(new Set(open.slice(0, MOST).map((one) => one.id)))}
          >
            {t("admin.incidents.all")}
          </Button>
          <Button size="xs" disabled={chosen.length === 0} onClick={() => setAsking(chosen)}>
            {chosen.length === 0
              ? t("admin.incidents.acknowledge")
              : t("admin.incidents.acknowledgeSelected", { count: chosen.length })}
          </Button>
        </div>
      )}
      <Body>
        {found.isSuccess && incidents.length === 0 && (
          <Empty>{t("admin.incidents.empty")}</Empty>
        )}
        {incidents.length > 0 && (
          <List
            incidents={incidents}
            selected={selected}
            onSelect={setSelected}
            onAcknowledge={(id) => setAsking([id])}
          />
        )}
        <More of={found} words={t("admin.incidents.more")} />
      </Body>
      {asking && (
        <Acknowledge
          incidents={asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            setSelected(new Set());
            void refetch();
          }}
        />
      )}
    </AdminPage>
  );
}
