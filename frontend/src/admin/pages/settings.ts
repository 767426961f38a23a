import type { Dialect, Link, SettingValue } from "../rows.ts";

export type Settings = Record<string, SettingValue>;

/** The settings as the form starts with them: stored, else the dialect's own. */
export function settingsOf(dialect: Dialect | undefined, link: Link | null): Settings {
  const fields = dialect?.fields ?? [];
  const stored = link?.dialect === dialect?.name ? (link?.settings ?? {}) : {};
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.secret
        ? ""
        : (stored[field.name] ?? field.default ?? (field.type === "switch" ? false : "")),
    ]),
  );
}

/** What is sent: a secret left empty stays, an empty field without a default is left out. */
export function toSend(dialect: Dialect | undefined, settings: Settings): Settings {
  const pairs = (dialect?.fields ?? []).flatMap((field): [string, SettingValue][] => {
    const value = settings[field.name] ?? null;
    const empty = value === "" || value === null;
    if (empty && (field.secret || field.type !== "text" || field.default === null)) return [];
    return [[field.name, value]];
  });
  return Object.fromEntries(pairs);
}

const ESSENTIAL = ["host", "port", "pbx_type", "user", "password", "pbx_domain", "tls", "context"];

/** What the guide's form asks for; the rest has values that suit most. */
export function isEssential(name: string): boolean {
  return ESSENTIAL.includes(name);
}
