import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { useList } from "../data.ts";
import type { GranteeKind, ObjectKind } from "../rows.ts";

export type RowKind = ObjectKind | GranteeKind;

/** Something that a grant names; `domain`: null = it is of none. */
export type Entry = { id: string; kind: RowKind; name: string; domain: string | null };

/** Everything of the chosen company that can be granted, or be granted something. */
export function useEntries(): Record<RowKind, Entry[]> {
  const { t } = useTranslation();
  const kinds = useList("grant-kinds").data ?? [];
  const of = <R extends { id: string; domain: string }>(
    kind: RowKind,
    rows: R[] | undefined,
    name: (row: R) => string,
  ): Entry[] => (rows ?? []).map((row) => ({ id: row.id, kind, name: name(row), domain: row.domain }));
  return {
    application: kinds
      .flatMap((each) => each.applications)
      .map((name) => ({ id: name, kind: "application", name, domain: null })),
    user: of("user", useList("users").data, (row) => row.displayName),
    group: of("group", useList("groups").data, (row) => row.name),
    queue: of("queue", useList("queues").data, (row) => row.name),
    intercomGroup: of("intercomGroup", useList("intercom-groups").data, (row) => row.name),
    directory: of("directory", useList("directories").data, (row) =>
      directoryName(t, row.name, row.builtIn !== null),
    ),
    domain: (useList("domains").data ?? []).map((row) => ({
      id: row.id,
      kind: "domain",
      name: row.name,
      domain: row.id,
    })),
  };
}

/** What tells an entry from another: its name, and its domain where there are several. */
export function useLabel(): (of: Pick<Entry, "name" | "domain">) => string {
  const domains = useList("domains").data ?? [];
  return ({ name, domain }) => {
    const where = domains.length > 1 && domains.find((each) => each.id === domain)?.name;
    return where ? `${name} · ${where}` : name;
  };
}

export function nameIn(entries: Entry[], id: string): string {
  return entries.find((each) => each.id === id)?.name ?? "?";
}
