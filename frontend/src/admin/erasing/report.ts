import { Store } from "../../shared/store.ts";

export type Kind = "companies" | "users";
/** What an erasure took away: rows by their table. */
export type Report = { kind: Kind; name: string; rows: Record<string, number> };

/** The last erasure's, until it is closed: the form that began it is gone with what it showed. */
export const report = new Store<Report | null>(null);

/** In the log and in reports of imports a person is made unknown: those lines stay. */
const NAMED = ["audit", "user_import_run"];

/** Rows that went, and lines that stay without the name; the most first. */
export function partsOf({ kind, rows }: Pick<Report, "kind" | "rows">) {
  const all = Object.entries(rows).sort(([, one], [, other]) => other - one);
  const stays = (table: string) => kind === "users" && NAMED.includes(table);
  return {
    gone: all.filter(([table]) => !stays(table)),
    unnamed: all.filter(([table]) => stays(table)),
  };
}
