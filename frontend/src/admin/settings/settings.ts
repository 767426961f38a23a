import type { Setting, SettingValue } from "../rows.ts";

export type Settings = Record<string, SettingValue>;

const TEXTS: Setting["type"][] = ["text", "url", "lines"];

/** The values that a form starts with: stored, else the fields' own. */
export function settingsOf(fields: Setting[], stored: Settings): Settings {
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
export function toSend(fields: Setting[], settings: Settings): Settings {
  const pairs = fields.flatMap((field): [string, SettingValue][] => {
    const value = settings[field.name] ?? null;
    const empty = value === "" || value === null;
    const maybeEmpty = TEXTS.includes(field.type) && !field.secret && field.default !== null;
    return empty && !maybeEmpty ? [] : [[field.name, value]];
  });
  return Object.fromEntries(pairs);
}

/** Whether what the server says of a form is about this field. */
export function isAbout(field: Setting, said: string | undefined): boolean {
  return said === field.name || said === `settings.${field.name}`;
}
