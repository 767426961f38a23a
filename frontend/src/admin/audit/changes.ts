/** One field that a change touched; `undefined` = it was not there, or is not any more. */
export type Change = { field: string; before: string | undefined; after: string | undefined };

const UNSAID = new Set(["id", "version", "company"]);

/** What differs between two states of a row, in the order of the later one; `known`: names by id. */
export function changes(
  before: unknown,
  after: unknown,
  known: Record<string, string> = {},
): Change[] {
  const [old, now] = [fields(before), fields(after)];
  const text = (value: unknown) => words(value, known);
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

/** Nothing is said of what is empty: a new row has many such fields. `known`: names by id. */
function words(value: unknown, known: Record<string, string>): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (typeof value === "object") {
    return JSON.stringify(value, (_, each) => (typeof each === "string" ? named(each, known) : each));
  }
  return named(String(value), known);
}

function named(value: string, known: Record<string, string>): string {
  return known[value] ?? value;
}
