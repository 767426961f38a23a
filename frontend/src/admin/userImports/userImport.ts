import { fieldsOf, intervalOf, minutesOf, type Unit } from "../directories/directory.ts";
import type { Connector, UserImport } from "../rows.ts";
import { type Settings, settingsOf, toSend as settingsToSend } from "../settings/settings.ts";

/** In the order of the guide; those of the directory are its own, the others the import's. */
export const FIELDS = [
  "identifier",
  "username",
  "last_name",
  "first_name",
  "email1",
  "number",
  "mobile",
  "custom0",
  "custom1",
] as const;
export const OF_DIRECTORY: readonly string[] = ["last_name", "first_name", "email1", "mobile"];
export const MODES = [
  "insertUpdateDelete",
  "insertUpdateDisable",
  "insertUpdate",
  "update",
] as const;
export const NONE = "-";

export type Draft = {
  name: string;
  domain: string;
  connector: string;
  settings: Settings;
  mode: UserImport["mode"];
  /** All of `FIELDS`: the source's field of each. */
  fields: Record<string, string>;
  link: string;
  protocol: string;
  label: string;
  video: boolean;
  sipProxy: string;
  oneNumber: boolean;
  mediaProtocol: string;
  group: string;
  culture: string;
  adapt: boolean;
  schedule: UserImport["schedule"];
  every: number;
  unit: Unit;
  hour: string;
};

/** Those from which users are imported. */
export function sourcesOf(connectors: Connector[]): Connector[] {
  return connectors.filter((each) => Object.keys(each.suggestedUsers).length > 0);
}

export function draftOf(row: UserImport | null, connectors: Connector[], domain: string): Draft {
  const sources = sourcesOf(connectors);
  const first = sources.find((each) => each.name === "ldap") ?? sources[0];
  return {
    ...begun(connectors, row?.connector ?? first?.name ?? "", row),
    name: row?.name ?? "",
    domain: row?.domain ?? domain,
    mode: row?.mode ?? "insertUpdate",
    link: row?.link ?? NONE,
    protocol: row?.protocol ?? "CSTA",
    label: row?.label ?? "",
    video: row?.video ?? false,
    sipProxy: row?.sipProxy ?? "",
    oneNumber: row?.oneNumber ?? false,
    mediaProtocol: row?.mediaProtocol ?? "None",
    group: row?.group ?? NONE,
    culture: row?.culture ?? "Auto",
    adapt: row?.adapt ?? false,
    schedule: row?.schedule ?? "manual",
    ...intervalOf(row?.minutes ?? 60),
    hour: row?.hour ?? "03:00",
  };
}

/** What changes with the product: its settings, and the fields that it suggests. */
export function begun(
  connectors: Connector[],
  connector: string,
  row: UserImport | null,
): Pick<Draft, "connector" | "settings" | "fields"> {
  const chosen = connectors.find((each) => each.name === connector);
  const stored = row?.connector === connector ? row : null;
  const known = stored
    ? { ...stored.mapping, ...stored.fields }
    : { ...chosen?.suggested, ...chosen?.suggestedUsers };
  return {
    connector,
    settings: settingsOf(chosen?.fields ?? [], stored?.settings ?? {}),
    fields: Object.fromEntries(FIELDS.map((field) => [field, known[field] ?? ""])),
  };
}

/** A new directory has the other fields that the product suggests, too: the cards are whole. */
export function toSend(draft: Draft, connectors: Connector[], row: UserImport | null) {
  const { name, connector, mode, protocol, label, culture, adapt, schedule, hour } = draft;
  const chosen = connectors.find((each) => each.name === connector);
  const { work: _work, identifier: _identifier, ...suggested } = chosen?.suggested ?? {};
  const of = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(draft.fields).filter(
        ([field, text]) =>
          OF_DIRECTORY.includes(field) === wanted && (wanted || text.trim() !== ""),
      ),
    );
  return {
    name,
    connector,
    settings: settingsToSend(fieldsOf(connectors, connector), draft.settings),
    mapping: row?.connector === connector ? of(true) : { ...suggested, ...of(true) },
    mode,
    fields: of(false),
    link: draft.link === NONE ? null : draft.link,
    protocol,
    label,
    video: draft.video,
    ...(protocol === "SIP" && {
      sipProxy: draft.sipProxy,
      oneNumber: draft.oneNumber,
      mediaProtocol: draft.mediaProtocol,
    }),
    group: draft.group === NONE ? null : draft.group,
    culture,
    adapt,
    schedule,
    minutes: minutesOf(draft),
    hour,
  };
}
