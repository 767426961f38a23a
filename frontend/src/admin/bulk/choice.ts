type Row = { id: string };

/** The chosen ones with one turned on or off; with `from`, all from there to it. */
export function turned(
  chosen: ReadonlySet<string>,
  rows: Row[],
  id: string,
  on: boolean,
  from: string | null = null,
): ReadonlySet<string> {
  const next = new Set(chosen);
  const place = (wanted: string) => rows.findIndex((row) => row.id === wanted);
  const [a, b] = [place(from ?? id), place(id)];
  const between = a < 0 ? [{ id }] : rows.slice(Math.min(a, b), Math.max(a, b) + 1);
  for (const row of between) {
    if (on) next.add(row.id);
    else next.delete(row.id);
  }
  return next;
}
