/** Before what a spreadsheet takes for a formula; also where one that separates cells by semicolons
 * sees the next cell begin. As the server does it. */
const REACHED = /(^|[;\n\r])(?='*[=+\-@\t\r])/g;

type Exported<R> = {
  label: string;
  value: (row: R) => unknown;
  text?: (row: R) => string;
};

export function guarded(cell: string): string {
  return cell.replace(REACHED, "$1'");
}

/** RFC 4180, in UTF-8 with its mark, so that spreadsheets read accents. */
export function csv<R>(rows: R[], columns: Exported<R>[]): string {
  const lines = [
    columns.map((column) => column.label),
    ...rows.map((row) => columns.map(({ value, text }) => (text ? text(row) : String(value(row))))),
  ];
  return `\ufeff${lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;
}

function quoted(cell: string): string {
  const safe = guarded(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
