import { useTranslation } from "react-i18next";
import { linkWhy } from "../../shared/i18n/linkWhy.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { fullTime, since } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { useAddress } from "../address/context.tsx";
import { useCompany, useInDomain, useList } from "../data.ts";
import cell from "../list/Cell.module.css";
import { ExportRows } from "../list/ExportRows.tsx";
import { type ListColumn, Table } from "../list/Table.tsx";
import { Gaps } from "../live/Gaps.tsx";
import { LinkMark } from "../live/LinkMark.tsx";
import { type LiveLink, worstFirst } from "../live/states.ts";
import { useStateWords } from "../live/words.ts";
import { ManualLink } from "../manual/ManualLink.tsx";
import { useNames } from "../names.ts";
import { AdminPage, Body, Empty } from "../page/AdminPage.tsx";
import { titleNamed } from "../settings/kinds.ts";

/** Outils / État des connexions: what is wrong first, and what to do about it. */
export function LinkStates() {
  const { t } = useTranslation();
  const { go } = useAddress();
  const { culture, timeZone } = useCulture();
  const now = useNow(30_000);
  const company = useCompany();
  const current = useCurrent();
  const live = useValues<LiveLink>("link").filter((link) => link.company === company);
  const rows = worstFirst(useInDomain(live));
  const dialects = useList("dialects").data ?? [];
  const names = useNames();
  const words = useStateWords();
  const title = t("admin.pages.linkStates");
  const columns: ListColumn<LiveLink>[] = [
    { label: t("admin.linkStates.name"), value: (row) => row.name },
    {
      label: t("admin.linkStates.connected"),
      value: (row) => <LinkMark id={row.id} />,
      text: (row) => words.link(row.id),
    },
    {
      label: t("admin.linkStates.host"),
      value: (row) => row.host ?? "",
      spare: true,
    },
    {
      label: t("admin.linkStates.port"),
      value: (row) => row.port ?? "",
      figures: true,
      spare: true,
    },
    {
      label: t("admin.linkStates.current"),
      title: t("admin.linkStates.currentHelp"),
      value: (row) => (current ? row.monitored : "?"),
      figures: true,
    },
    {
      label: t("admin.linkStates.waiting"),
      title: t("admin.linkStates.waitingHelp"),
      value: (row) => (current ? row.waiting : "?"),
      figures: true,
    },
    {
      label: t("admin.linkStates.total"),
      title: t("admin.linkStates.totalHelp"),
      value: (row) => row.capacity,
      figures: true,
      spare: true,
    },
    {
      label: t("admin.linkStates.domain"),
      value: (row) => names.domain(row.domain),
      spare: true,
    },
    {
      label: t("admin.linkStates.type"),
      value: (row) => titleNamed(t, dialects, row.dialect),
      spare: true,
    },
    {
      label: t("admin.linkStates.version"),
      value: (row) => row.version ?? "",
      spare: true,
    },
    {
      label: t("admin.linkStates.since"),
      value: (row) => (row.since ? since(row.since, now, culture, timeZone) : ""),
      text: (row) => (row.since ? fullTime(row.since, culture, timeZone) : ""),
      spare: true,
    },
    {
      label: t("admin.linkStates.why"),
      value: (row) => <Todo link={row} />,
      text: (row) => (row.enabled ? linkWhy(row) : ""),
      spare: true,
    },
  ];
  return (
    <AdminPage title={title} tools={<ExportRows rows={rows} columns={columns} />}>
      {rows.length === 0 && (
        <Empty>
          {t("admin.linkStates.empty")} <ManualLink page="admin/first-steps.md" />
        </Empty>
      )}
      <Body>
        {rows.length > 0 && (
          <Table
            label={title}
            rows={rows}
            onSelect={(row) => go({ page: "links", edit: row.id, filters: {} })}
            columns={columns}
          />
        )}
        <Gaps />
      </Body>
    </AdminPage>
  );
}

function Todo({ link }: { link: LiveLink }) {
  const { t } = useTranslation();
  if (!link.enabled) return null;
  const what =
    link.state === "misconfigured" || link.state === "down"
      ? t(`admin.linkStates.todo.${link.state}`)
      : link.waiting > 0
        ? t(`admin.linkStates.todo.${link.monitored < link.capacity ? "licences" : "waiting"}`)
        : null;
  return (
    <span className={cell.wraps}>
      {what}
      {link.why && <span className={cell.detail}>{linkWhy(link)}</span>}
    </span>
  );
}
