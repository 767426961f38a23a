import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { AuditEntryValue, AuditPageValue } from "../../shared/api/types.generated.ts";
import { clockSeconds, shortDay, midnight } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany } from "../data.ts";
import classes from "../live/Live.module.css";
import own from "./AuditLog.module.css";
import { changes } from "./changes.ts";
import { actionWords } from "./words.ts";

const FILTERS = ["actor", "action", "since", "until"] as const;

/** Outils / Journal d'audit: who changed what, when, and what it was before. */
export function AuditLog() {
  const { t } = useTranslation();
  const company = useCompany();
  const { address, go } = useAddress();
  const [filters] = useDebouncedValue(address.filters, 300);
  const query = asked(company, filters);
  const found = useInfiniteQuery<
    AuditPageValue,
    Error,
    InfiniteData<AuditPageValue>,
    unknown[],
    number | null
  >({
    queryKey: ["admin", "audit", query],
    queryFn: ({ pageParam, signal }) =>
      request<AuditPageValue>("GET", "/admin/audit", {
        query: { ...query, ...(pageParam ? { before: String(pageParam) } : {}) },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.before,
    enabled: company !== null,
  });
  const entries = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const title = t("admin.pages.audit");
  const set = (name: string, value: string) => go({ filters: { ...address.filters, [name]: value } });
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {FILTERS.map((name) => (
          <TextInput
            key={name}
            size="xs"
            type={name === "since" || name === "until" ? "date" : "search"}
            className={own.filter}
            label={t(`admin.audit.filters.${name}`)}
            value={address.filters[name] ?? ""}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        ))}
        <Button
          component="a"
          href={`/api/v1/admin/audit/export?${new URLSearchParams(query)}`}
          download
          size="xs"
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
        >
          {t("admin.audit.export")}
        </Button>
      </header>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {/* A region that scrolls can be scrolled by keyboard. */}
      <section className={classes.body} aria-label={title} tabIndex={0}>
        {found.isSuccess && entries.length === 0 && (
          <p className={classes.empty}>{t("admin.audit.empty")}</p>
        )}
        <ul className={own.list}>
          {entries.map((entry) => (
            <Entry key={entry.number} of={entry} />
          ))}
        </ul>
        {found.hasNextPage && (
          <Button
            variant="subtle"
            size="xs"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t("admin.audit.more")}
          </Button>
        )}
      </section>
    </div>
  );
}

function asked(
  company: string | null,
  filters: Readonly<Record<string, string>>,
): Record<string, string> {
  const { actor, action, since, until } = filters;
  return {
    ...(company ? { company } : {}),
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(since ? { since: midnight(since) } : {}),
    ...(until ? { until: midnight(until, 1) } : {}),
  };
}

function Entry({ of: entry }: { of: AuditEntryValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const found = changes(entry.before, entry.after);
  return (
    <li className={own.entry}>
      <span className={own.when}>
        {shortDay(entry.at, culture, timeZone)}, {clockSeconds(entry.at, culture, timeZone)}
      </span>
      <span className={own.who}>{entry.actor}</span>
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
