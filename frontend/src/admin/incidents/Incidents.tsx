import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { IncidentPageValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany } from "../data.ts";
import page from "../live/Live.module.css";
import { Acknowledge } from "./Acknowledge.tsx";
import { Filters } from "./Filters.tsx";
import own from "./Incidents.module.css";
import { asked } from "./incident.ts";
import { List } from "./List.tsx";
import { useStanding } from "./standing.ts";

const MOST = 200;

/** Outils / Incidents: what went wrong, from when to when, why, and who knows of it. */
export function Incidents() {
  const { t } = useTranslation();
  const company = useCompany();
  const { address } = useAddress();
  const [filters] = useDebouncedValue(address.filters, 300);
  const query = asked(company, filters);
  const changed = useStanding()?.changed;
  const found = useInfiniteQuery<
    IncidentPageValue,
    Error,
    InfiniteData<IncidentPageValue>,
    unknown[],
    string | null
  >({
    queryKey: ["admin", "incidents", query],
    queryFn: ({ pageParam, signal }) =>
      request<IncidentPageValue>("GET", "/admin/incidents", {
        query: { ...query, ...(pageParam ? { before: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.before,
    placeholderData: keepPreviousData,
  });
  const { refetch } = found;
  useEffect(() => void refetch(), [changed, refetch]);
  const incidents = found.data?.pages.flatMap((one) => one.entries) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<string[] | null>(null);
  const open = incidents.filter((one) => one.acknowledged === null);
  const chosen = open.filter((one) => selected.has(one.id)).map((one) => one.id);
  const title = t("admin.pages.incidents");
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h2 className={page.title}>{title}</h2>
        <Filters />
        <Button
          component="a"
          href={`/api/v1/admin/incidents/export?${new URLSearchParams(query)}`}
          download
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
        >
          {t("admin.incidents.export")}
        </Button>
      </header>
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
      <div className={page.body}>
        {found.isSuccess && incidents.length === 0 && (
          <p className={page.empty}>{t("admin.incidents.empty")}</p>
        )}
        {incidents.length > 0 && (
          <List
            incidents={incidents}
            selected={selected}
            onSelect={setSelected}
            onAcknowledge={(id) => setAsking([id])}
          />
        )}
        {found.hasNextPage && (
          <Button
            variant="subtle"
            size="xs"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("admin.incidents.more")}
          </Button>
        )}
      </div>
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
    </div>
  );
}
