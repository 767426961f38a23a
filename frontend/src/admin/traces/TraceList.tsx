import { ActionIcon, Button } from "@mantine/core";
import { Download, Play, ScrollText, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { TraceValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { clockSeconds, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { type Mark, StateMark } from "../../shared/ui/StateMark.tsx";
import { size } from "../backups/size.ts";
import cell from "../list/Cell.module.css";
import { Table } from "../list/Table.tsx";
import { Empty } from "../page/AdminPage.tsx";
import classes from "./Traces.module.css";

type TraceListProps = {
  traces: TraceValue[];
  loaded: boolean;
  onEnd: (one: TraceValue) => void;
  onOpen: (what: "tail" | "replay", of: TraceValue) => void;
  onRemove: (one: TraceValue) => void;
};

export function TraceList({ traces, loaded, onEnd, onOpen, onRemove }: TraceListProps) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  if (traces.length === 0) {
    return loaded ? <Empty>{t("admin.traces.empty")}</Empty> : null;
  }
  return (
    <Table
      label={t("admin.pages.traces")}
      rows={traces}
      columns={[
        { label: t("admin.traces.link"), value: (row) => row.name },
        { label: t("admin.traces.device"), value: (row) => row.device, figures: true },
        {
          label: t("admin.traces.began"),
          value: ({ began }) =>
            `${shortDay(began, culture, timeZone)}, ${clockSeconds(began, culture, timeZone)}`,
        },
        { label: t("admin.traces.state"), value: (row) => <State of={row} /> },
        { label: t("admin.traces.by"), value: (row) => row.by, spare: true },
        { label: t("admin.traces.size"), value: (row) => size(row.size, culture), figures: true },
        {
          label: t("admin.traces.actions"),
          value: (row) => <Acts of={row} onEnd={onEnd} onOpen={onOpen} onRemove={onRemove} />,
        },
      ]}
    />
  );
}

function State({ of: row }: { of: TraceValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const mark: Mark = row.failure || row.dropped ? "busy" : row.running ? "free" : "away";
  const told = t(row.running ? "admin.traces.written" : "admin.traces.ended");
  const until = clockSeconds(row.until, culture, timeZone);
  return (
    <span className={classes.state}>
      <StateMark mark={mark} label={told} />
      <span>
        {row.running
          ? t("admin.traces.running", { records: row.records, until })
          : t("admin.traces.ended")}
        {row.dropped ? (
          <span className={cell.detail}>
            {t("admin.traces.dropped", { count: row.dropped })}
          </span>
        ) : null}
        {row.failure && (
          <span className={cell.detail}>
            {t("admin.traces.failed", { words: say(row.failure) })}
          </span>
        )}
      </span>
    </span>
  );
}

type ActsProps = Pick<TraceListProps, "onEnd" | "onOpen" | "onRemove"> & { of: TraceValue };

function Acts({ of: row, onEnd, onOpen, onRemove }: ActsProps) {
  const { t } = useTranslation();
  const { name } = row;
  return (
    <span className={classes.acts}>
      {row.running && (
        <>
          <Button size="compact-xs" variant="default" onClick={() => onEnd(row)}>
            {t("admin.traces.end")}
          </Button>
          <ActionIcon
            variant="subtle"
            aria-label={t("admin.traces.follow", { name })}
            title={t("admin.traces.follow", { name })}
            onClick={() => onOpen("tail", row)}
          >
            <ScrollText size={14} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon
        variant="subtle"
        aria-label={t("admin.traces.replayOf", { name })}
        title={t("admin.traces.replayOf", { name })}
        onClick={() => onOpen("replay", row)}
      >
        <Play size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        component="a"
        href={`/api/v1/admin/traces/${row.id}`}
        download
        variant="subtle"
        aria-label={t("admin.traces.download", { name })}
        title={t("admin.traces.download", { name })}
      >
        <Download size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t("admin.traces.removeOf", { name })}
        title={t("admin.traces.removeOf", { name })}
        onClick={() => onRemove(row)}
      >
        <Trash2 size={14} aria-hidden />
      </ActionIcon>
    </span>
  );
}
