import { ActionIcon, Button, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { BackupsValue, BackupValue } from "../../shared/api/types.generated.ts";
import { clockSeconds, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Question } from "../form/Question.tsx";
import { Table } from "../list/Table.tsx";
import { AdminPage, Body, Empty } from "../page/AdminPage.tsx";
import { BackupSettings } from "./BackupSettings.tsx";
import classes from "./Backups.module.css";
import { Restore } from "./Restore.tsx";
import { size } from "./size.ts";

const KEY = ["backups"];
const PLACE = "/admin/backups";
const WATCHED = 700;

/** Outils / Sauvegardes: what there is, one made now, and why the last one failed. */
export function Backups() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: KEY,
    // Changed by what is done on other pages: looked at again by whoever comes back.
    staleTime: 0,
    queryFn: ({ signal }) => request<BackupsValue>("GET", PLACE, { signal }),
    refetchInterval: (query) => (query.state.data?.running ? WATCHED : 30_000),
  });
  const [removing, setRemoving] = useState<string | null>(null);
  const [restoring, setRestoring] = useState<BackupValue | null>(null);
  const moment = useMoment();
  const changing = useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onSettled: () => {
      setRemoving(null);
      void queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const title = t("admin.pages.backups");
  const backups = found.data;
  return (
    <AdminPage
      title={title}
      tools={
        backups && (
          <Button
            disabled={backups.running !== null}
            loading={changing.isPending}
            onClick={() => changing.mutate(() => request("POST", PLACE))}
          >
            {t("admin.backups.now")}
          </Button>
        )
      }
    >
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {changing.error && (
        <ProblemLine problem={problemOf(changing.error)} onClose={() => changing.reset()} />
      )}
      {backups && (
        <>
          <Running
            of={backups}
            onCancel={() => changing.mutate(() => request("POST", `${PLACE}/cancel`))}
          />
          <Failure of={backups} />
          <Facts of={backups} />
          <Body>
            <Files
              of={backups}
              title={title}
              onRemove={setRemoving}
              onRestore={setRestoring}
            />
            <p className={classes.note}>{t("admin.backups.restoring")}</p>
            <BackupSettings
              onChanged={() => void queries.invalidateQueries({ queryKey: KEY })}
            />
          </Body>
        </>
      )}
      {restoring && (
        <Restore of={restoring} moment={moment} onClose={() => setRestoring(null)} />
      )}
      {removing && (
        <Question
          title={t("admin.backups.remove")}
          words={t("admin.backups.removes", { name: removing })}
          submit={t("admin.backups.remove")}
          busy={changing.isPending}
          onClose={() => setRemoving(null)}
          onYes={() => changing.mutate(() => request("DELETE", `${PLACE}/${removing}`))}
        />
      )}
    </AdminPage>
  );
}

function Running({ of: { running }, onCancel }: { of: BackupsValue; onCancel: () => void }) {
  const { t } = useTranslation();
  if (!running) {
    return null;
  }
  const percent = running.total ? Math.floor((100 * running.done) / running.total) : 0;
  const words = running.total
    ? t("admin.backups.begun", { percent })
    : t("admin.backups.counting");
  return (
    <div className={classes.running} role="status">
      <span>{words}</span>
      <Progress className={classes.bar} value={percent} aria-label={words} />
      <Button size="xs" variant="default" onClick={onCancel}>
        {t("admin.backups.cancel")}
      </Button>
    </div>
  );
}

function Failure({ of: { failure } }: { of: BackupsValue }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (!failure) {
    return null;
  }
  return (
    <p className={classes.failure} role="alert">
      <strong>{t(failure.copied ? "admin.backups.notCopied" : "admin.backups.failed")}</strong> (
      {moment(failure.at)}): {failure.words}
    </p>
  );
}

function Facts({ of: backups }: { of: BackupsValue }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const facts: [label: string, value: string][] = [
    [t("admin.backups.next"), backups.next ? moment(backups.next) : t("admin.backups.never")],
    [t("admin.backups.folder"), backups.folder],
    [t("admin.backups.copies"), backups.copyTo ?? t("admin.backups.noCopies")],
    [
      t("admin.backups.encryption"),
      t(backups.encrypted ? "admin.backups.encrypted" : "admin.backups.open"),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type ActsProps = {
  onRemove: (name: string) => void;
  onRestore: (backup: BackupValue) => void;
};
type FilesProps = ActsProps & { of: BackupsValue; title: string };

function Files({ of: { backups }, title, onRemove, onRestore }: FilesProps) {
  const { t } = useTranslation();
  const { culture } = useCulture();
  const moment = useMoment();
  if (backups.length === 0) {
    return <Empty>{t("admin.backups.empty")}</Empty>;
  }
  return (
    <Table
      label={title}
      rows={backups.map((backup) => ({ ...backup, id: backup.name }))}
      columns={[
        { label: t("admin.backups.file"), value: (row) => row.name },
        {
          label: t("admin.backups.taken"),
          value: (row) => (row.taken ? moment(row.taken) : t("admin.backups.broken")),
        },
        { label: t("admin.backups.why"), value: (row) => <Why of={row} /> },
        { label: t("admin.backups.version"), value: (row) => row.version ?? "", spare: true },
        {
          label: t("admin.backups.size"),
          value: (row) => size(row.size, culture),
          figures: true,
        },
        { label: "", value: (row) => <Acts of={row} {...{ onRemove, onRestore }} /> },
      ]}
    />
  );
}

function Why({ of: row }: { of: BackupValue }) {
  const { t } = useTranslation();
  const said = row.why ? t(`admin.backups.whys.${row.why}` as "admin.backups.whys.asked") : "";
  return <>{row.encrypted ? `${said}, ${t("admin.backups.encrypted")}` : said}</>;
}

function Acts({ of: backup, onRemove, onRestore }: ActsProps & { of: BackupValue }) {
  const { t } = useTranslation();
  const { name } = backup;
  return (
    <span className={classes.acts}>
      <ActionIcon
        component="a"
        href={`/api/v1${PLACE}/${name}`}
        download
        variant="subtle"
        aria-label={t("admin.backups.download", { name })}
      >
        <Download size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t("admin.backups.restoreOf", { name })}
        onClick={() => onRestore(backup)}
      >
        <RotateCcw size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        aria-label={t("admin.backups.removeOf", { name })}
        onClick={() => onRemove(name)}
      >
        <Trash2 size={14} aria-hidden />
      </ActionIcon>
    </span>
  );
}

function useMoment(): (at: string) => string {
  const { culture, timeZone } = useCulture();
  return (at) => `${shortDay(at, culture, timeZone)}, ${clockSeconds(at, culture, timeZone)}`;
}
