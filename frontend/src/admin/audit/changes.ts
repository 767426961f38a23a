/** One field that a change touched; `undefined` = it was not there, or is not any more. */
export type Change = { field: string; before: string | undefined; after: string | undefined };

const UNSAID = new Set(["id", "version", "company"]);

/** What differs between two states of a row, in the order of the later one. */
export function changes(before: unknown, after: unknown): Change[] {
  const [old, now] = [fields(before), fields(after)];
  const names = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return names
    .filter((name) => !UNSAID.has(name))
    .map((field) => ({ field, before: text(old[field]), after: text(now[field]) }))
    .filter((change) => change.before !== change.after);
}

function fields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Nothing is said of what is empty: a new row has many such fields. */
function text(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
