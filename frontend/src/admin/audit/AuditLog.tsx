import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { AuditEntryValue } from "../../shared/api/types.generated.ts";
import { clockSeconds, shortDay, midnight } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany } from "../data.ts";
import { ExportLink } from "../entries/ExportLink.tsx";
import { More } from "../entries/More.tsx";
import { useEntries } from "../entries/useEntries.ts";
import { useFilter } from "../entries/useFilter.ts";
import { AdminPage, Body, Empty } from "../page/AdminPage.tsx";
import own from "./AuditLog.module.css";
import { changes } from "./changes.ts";
import { actionChoices, actionWords, actorWords } from "./words.ts";

const PLACE = "/admin/audit";

/** Outils / Journal d'audit: who changed what, when, and what it was before. */
export function AuditLog() {
  const { t } = useTranslation();
  const company = useCompany();
  const { address } = useAddress();
  const [filters] = useDebouncedValue(address.filters, 300);
  const query = asked(company, filters);
  const { entries, ...found } = useEntries<AuditEntryValue>(PLACE, query, {
    enabled: company !== null,
  });
  const filter = useFilter((name) => t(`admin.audit.filters.${name as "actor"}`));
  const title = t("admin.pages.audit");
  return (
    <AdminPage
      title={title}
      tools={
        <>
          <TextInput type="search" {...filter("actor")} />
          <NativeSelect {...filter("action")} data={actionChoices(t)} />
          <TextInput type="date" {...filter("since")} />
          <TextInput type="date" {...filter("until")} />
          <ExportLink place={PLACE} query={query} words={t("admin.audit.export")} />
        </>
      }
    >
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      <Body label={title}>
        {found.isSuccess && entries.length === 0 && <Empty>{t("admin.audit.empty")}</Empty>}
        <ul className={own.list}>
          {entries.map((entry) => (
            <Entry key={entry.number} of={entry} />
          ))}
        </ul>
        <More of={found} words={t("admin.audit.more")} />
      </Body>
    </AdminPage>
  );
}

function asked(
  company: string | null,
  filters: Readonly<Record<string, string>>,
): Record<string, string> {
  const { actor, action, since, until } = filters;
  return {
    // To super users also what is of the server; others are not shown it, though they ask.
    ...(company ? { company, server: "true" } : {}),
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(since ? { since: midnight(since) } : {}),
    ...(until ? { until: midnight(until, 1) } : {}),
  };
}

function Entry({ of: entry }: { of: AuditEntryValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const found = changes(entry.before, entry.after, entry.names);
  return (
    <li className={own.entry}>
      <span className={own.when}>
        {shortDay(entry.at, culture, timeZone)}, {clockSeconds(entry.at, culture, timeZone)}
      </span>
      <span className={own.who}>{actorWords(t, entry.actor)}</span>
      <details className={own.what}>
        <summary>
          {actionWords(t, entry.action)} <strong>{entry.what}</strong>
        </summary>
        <dl className={own.changes}>
          {found.map((change) => (
            <div key={change.field} className={own.change}>
              <dt>{change.field}</dt>
              <dd>
                {change.before !== undefined && <del>{change.before}</del>}{" "}
                {change.after !== undefined && <ins>{change.after}</ins>}
              </dd>
            </div>
          ))}
          <div className={own.change}>
            <dt>{t("admin.audit.id")}</dt>
            <dd>{entry.target}</dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
