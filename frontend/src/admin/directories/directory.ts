import type { TryDirectoryBody } from "../../shared/api/types.generated.ts";
import type { Connector, Directory, Grant, GranteeKind, SettingValue } from "../rows.ts";
import { type Settings, settingsOf, toSend as settingsToSend } from "../settings/settings.ts";

/** What somebody is granted to look into a directory as. */
export const GRANTEES: readonly GranteeKind[] = ["user", "group", "domain", "queue", "intercomGroup"];
export type Grantee = GranteeKind;
export type GrantDraft = { kind: Grantee; who: string };

/** In which a time between synchronisations is said. */
export const UNITS = ["minutes", "hours"] as const;
export type Unit = (typeof UNITS)[number];
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60 };
/** A week, which is the server's limit too. */
export const LONGEST: Record<Unit, number> = { minutes: 10_080, hours: 168 };

/** Whole hours are said in hours. */
export function intervalOf(minutes: number): { every: number; unit: Unit } {
  const unit = minutes > 0 && minutes % MINUTES.hours === 0 ? "hours" : "minutes";
  return { every: minutes / MINUTES[unit], unit };
}

/** As the server counts it. */
export function minutesOf({ every, unit }: { every: number; unit: Unit }): number {
  return every * MINUTES[unit];
}

export type Draft = {
  name: string;
  domain: string;
  kind: Directory["kind"];
  priority: number;
  connector: string;
  settings: Settings;
  schedule: Directory["schedule"];
  /** From one beginning to the next, in `unit`. */
  every: number;
  unit: Unit;
  merge: boolean;
  mapping: Record<string, string>;
  labels: Record<string, string>;
  grants: GrantDraft[];
};

/** Internal fields, in the order of the guide. */
export const TEXTS = ["identifier", "last_name", "first_name", "organisation", "photo"] as const;
export const NUMBERS = ["assistant", "standard", "work", "mobile", "home"] as const;
export const ADDRESSES = ["email1", "email2", "email3", "website"] as const;
export const PRIVATE = Array.from({ length: 10 }, (_, n) => `private${n}`);
export const VIP = "[VIP]";

export function draftOf(
  row: Directory | null,
  grants: Grant[],
  connectors: Connector[],
  domain: string,
): Draft {
  const first = connectors.find((each) => each.name === "csv") ?? connectors[0];
  const start: Pick<Draft, "connector" | "kind" | "settings" | "mapping"> = row
    ? {
        connector: row.connector,
        kind: row.kind,
        settings: settingsOf(fieldsOf(connectors, row.connector), row.settings),
        mapping: row.mapping,
      }
    : begun(connectors, first?.name ?? "", null, "public");
  return {
    ...start,
    name: row?.name ?? "",
    domain: row?.domain ?? domain,
    priority: row?.priority ?? 1,
    schedule: row?.schedule ?? "manual",
    ...intervalOf(row?.minutes ?? 10),
    merge: row?.merge ?? false,
    labels: row?.labels ?? {},
    grants: grants.map(grantDraft),
  };
}

export function fieldsOf(connectors: Connector[], name: string): Connector["fields"] {
  return connectors.find((each) => each.name === name)?.fields ?? [];
}

/** What changes with the product: its settings, the fields it suggests, a kind that it offers. */
export function begun(
  connectors: Connector[],
  name: string,
  row: Directory | null,
  kind: Draft["kind"],
): Pick<Draft, "connector" | "kind" | "settings" | "mapping"> {
  const chosen = connectors.find((each) => each.name === name);
  const stored = row?.connector === name ? row : null;
  return {
    connector: name,
    kind: offers(chosen, kind) ? kind : chosen?.public ? "public" : "private",
    settings: settingsOf(chosen?.fields ?? [], stored?.settings ?? {}),
    mapping: stored?.mapping ?? chosen?.suggested ?? {},
  };
}

export function offers(connector: Connector | undefined, kind: Draft["kind"]): boolean {
  return kind === "disabled" || !connector || connector[kind];
}

/** What is sent; of TWS's own directories only what may be changed of them. */
export function toSend(draft: Draft, connectors: Connector[], builtIn: Directory["builtIn"]) {
  const { name, priority, merge, kind, connector, schedule } = draft;
  if (builtIn === "tws_users") return { name, priority, merge };
  if (builtIn) {
    return { name, priority, merge, mapping: filled(draft.mapping), labels: filled(draft.labels) };
  }
  const settings: Record<string, SettingValue> = settingsToSend(
    fieldsOf(connectors, connector),
    draft.settings,
  );
  return {
    name,
    priority,
    merge,
    kind,
    connector,
    schedule,
    minutes: minutesOf(draft),
    settings,
    mapping: filled(draft.mapping),
    labels: filled(draft.labels),
  };
}

/** What is sent to read the first entries of a source that may not be stored yet. */
export function toTry(
  draft: Draft,
  connectors: Connector[],
  row: Directory | null,
): TryDirectoryBody {
  const { domain, kind, connector } = draft;
  return {
    domain,
    directory: row?.id ?? null,
    kind,
    connector,
    settings: settingsToSend(fieldsOf(connectors, connector), draft.settings),
    mapping: filled(draft.mapping),
  };
}

function filled(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
}

export function grantDraft(row: Grant): GrantDraft {
  return { kind: row.granteeKind, who: row.grantee };
}

/** The guide's three, and who may look into the directory. */
export const TABS = ["connector", "fields", "synchronisation", "rights"] as const;
export type Tab = (typeof TABS)[number];

/** The tab on which a field stands that the server complains of. */
export function tabOf(field: string | undefined): Tab | null {
  if (!field) return null;
  if (/^(mapping|labels)\b/.test(field)) return "fields";
  if (["schedule", "minutes", "merge"].includes(field)) return "synchronisation";
  return field.startsWith("grantee") ? "rights" : "connector";
}
