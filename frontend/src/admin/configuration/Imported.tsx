import { useTranslation } from "react-i18next";
import type { ImportedValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { ExportRows } from "../list/ExportRows.tsx";
import { type ListColumn, Table } from "../list/Table.tsx";

const MARKS: Record<ImportedValue["outcome"], Mark> = {
  created: "free",
  changed: "free",
  same: "away",
  kept: "held",
  refused: "busy",
};
/** What needs somebody comes first. */
const ORDER: ImportedValue["outcome"][] = ["refused", "kept", "changed", "created", "same"];

type Row = ImportedValue & { id: string };

/** What was done of each row of the file, or would be. */
export function Imported({ rows, dry }: { rows: ImportedValue[]; dry: boolean }) {
  const { t } = useTranslation();
  const outcome = (row: ImportedValue) =>
    t(`admin.configuration.${dry ? "outcomes" : "done"}.${row.outcome}`);
  const todo = (row: ImportedValue) =>
    [
      row.said ? say(row.said) : "",
      row.secrets.length > 0
        ? t("admin.configuration.needs", { secrets: row.secrets.join(", ") })
        : "",
    ]
      .filter(Boolean)
      .join(" ");
  const columns: ListColumn<Row>[] = [
    {
      label: t("admin.configuration.outcome"),
      value: (row) => <StateWords mark={MARKS[row.outcome]} words={outcome(row)} />,
      text: outcome,
    },
    {
      label: t("admin.configuration.kind"),
      value: (row) => t(`admin.configuration.kinds.${row.kind}`),
    },
    { label: t("admin.configuration.name"), value: (row) => row.name },
    { label: t("admin.domain"), value: (row) => row.domain, spare: true },
    { label: t("admin.configuration.todo"), value: todo },
  ];
  const ordered = rows
    .map((row, n) => ({ ...row, id: String(n) }))
    .sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return (
    <>
      <ExportRows rows={ordered} columns={columns} />
      <Table label={t("admin.configuration.report")} rows={ordered} columns={columns} />
    </>
  );
}
