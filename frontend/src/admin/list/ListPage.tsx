import { Button, TextInput } from "@mantine/core";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { holds } from "../../shared/i18n/plain.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useAddress } from "../address/context.tsx";
import { Bulk, type BulkActs } from "../bulk/Bulk.tsx";
import { useChosen } from "../bulk/useChosen.ts";
import { PageHead } from "../page/PageHead.tsx";
import { ExportRows } from "./ExportRows.tsx";
import classes from "./ListPage.module.css";
import { type ListColumn, Table } from "./Table.tsx";

type Props<R> = {
  title: string;
  rows: R[];
  columns: ListColumn<R>[];
  /** What the filter looks in. */
  text: (row: R) => string;
  empty: string;
  loaded: boolean;
  error: Error | null;
  canAdd?: boolean;
  /** Other ways to narrow the list, before the filter. */
  tools?: ReactNode;
  /** Said above the list. */
  note?: ReactNode;
  /** What can be done with several at once. */
  bulk?: BulkActs<R> | undefined;
  /** The side form for a row, or for one to be made (null). */
  form: (row: R | null) => ReactNode;
};

/** A list that stays, and a form at its side. */
export function ListPage<R extends { id: string }>(props: Props<R>) {
  const { title, rows, columns, text, empty, loaded, error, canAdd = true, form } = props;
  const { tools, note, bulk } = props;
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const kept = useKeptFocus<HTMLDivElement>();
  const q = address.filters.q ?? "";
  const shown = rows.filter((row) => holds(text(row), q));
  const chosen = useChosen(shown.filter((row) => !bulk?.fixed?.(row)));
  const several = shown.filter((row) => chosen.ids.has(row.id));
  const edited = address.edit === "new" ? null : rows.find((row) => row.id === address.edit);
  const open = address.edit === "new" || edited !== undefined;
  return (
    <div className={classes.page} data-open={open || undefined}>
      <div ref={kept} className={classes.list} tabIndex={-1}>
        <PageHead title={title}>
          {tools && <div className={classes.tools}>{tools}</div>}
          <TextInput
            size="xs"
            className={classes.filter}
            aria-label={t("admin.list.filter")}
            placeholder={t("admin.list.filter")}
            value={q}
            onChange={(event) =>
              go({ filters: { ...address.filters, q: event.currentTarget.value } })
            }
          />
          <span className={classes.count}>{t("admin.list.count", { count: shown.length })}</span>
          <ExportRows rows={shown} columns={columns} />
          {canAdd && (
            <Button
              leftSection={<Plus size={14} aria-hidden />}
              onClick={() => go({ edit: "new" })}
            >
              {t("admin.list.add")}
            </Button>
          )}
        </PageHead>
        {note}
        {error && <ProblemLine problem={problemOf(error)} />}
        {bulk && <Bulk acts={bulk} rows={several} chosen={chosen} />}
        {shown.length > 0 && (
          <Table
            label={title}
            rows={shown}
            columns={columns}
            selected={address.edit}
            onSelect={(row) => go({ edit: row.id })}
            choice={bulk && { chosen, ...bulk }}
          />
        )}
        {loaded && shown.length === 0 && (
          <p className={classes.empty}>{rows.length === 0 ? empty : t("admin.list.none")}</p>
        )}
      </div>
      {open && <div className={classes.side}>{form(edited ?? null)}</div>}
    </div>
  );
}
