import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { NodesValue, NodeValue } from "../../shared/api/types.generated.ts";
import { shortDay, shortTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { Table } from "../list/Table.tsx";
import classes from "./Services.module.css";

const EVERY = 5_000;

/** The nodes of this server: who is there, which links each holds, how far behind it is. Nothing where
 * it is one process. */
export function Nodes() {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["admin", "nodes"],
    queryFn: ({ signal }) => request<NodesValue>("GET", "/admin/nodes", { signal }),
    refetchInterval: EVERY,
  });
  if (found.error) return <ProblemLine problem={problemOf(found.error)} />;
  if (!found.data?.several) return null;
  const { nodes, reached, unheld } = found.data;
  const rows = nodes.map((node) => ({ ...node, id: node.name }));
  return (
    <div className={classes.nodes}>
      <h2 className={classes.head}>{t("admin.services.nodes.title")}</h2>
      {!reached && (
        <p className={classes.help} role="alert">
          {t("admin.services.nodes.unreached")}
        </p>
      )}
      {unheld.length > 0 && (
        <p className={classes.help} role="alert">
          {t("admin.services.nodes.unheld", { names: unheld.map((link) => link.name).join(", ") })}
        </p>
      )}
      <Table
        label={t("admin.services.nodes.title")}
        rows={rows}
        columns={[
          { label: t("admin.services.nodes.node"), value: (row) => <Name of={row} /> },
          { label: t("admin.services.state"), value: (row) => <State of={row} /> },
          {
            label: t("admin.services.nodes.links"),
            value: (row) =>
              row.links.length > 0 ? row.links.map((link) => link.name).join(", ") : "–",
          },
          {
            label: t("admin.services.nodes.pages"),
            value: (row) => row.pages ?? "",
            figures: true,
          },
          {
            label: t("admin.services.nodes.behind"),
            title: t("admin.services.nodes.behindHelp"),
            value: (row) => row.behind ?? "",
            figures: true,
          },
          {
            label: t("admin.services.nodes.milliseconds"),
            value: (row) => (row.milliseconds === null ? "" : `${row.milliseconds} ms`),
            figures: true,
            spare: true,
          },
        ]}
      />
    </div>
  );
}

function Name({ of: row }: { of: NodeValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const when = (at: string) =>
    `${shortDay(at, culture, timeZone)} ${shortTime(at, culture, timeZone)}`;
  return (
    <span>
      {row.name}
      {row.here && ` ${t("admin.services.nodes.here")}`}
      {row.version && row.started && (
        <span className={classes.guide}>
          {t("admin.services.nodes.since", { version: row.version, when: when(row.started) })}
        </span>
      )}
    </span>
  );
}

function State({ of: row }: { of: NodeValue }) {
  const { t } = useTranslation();
  if (!row.answers) {
    return <StateWords mark="busy" words={t("admin.services.nodes.silent")} />;
  }
  if (row.database === false) {
    return <StateWords mark="busy" words={t("admin.services.nodes.noDatabase")} />;
  }
  return (
    <StateWords
      mark="free"
      words={row.works ? t("admin.services.nodes.works") : t("admin.services.nodes.well")}
    />
  );
}
