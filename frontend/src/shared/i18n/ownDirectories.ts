import type { TFunction } from "i18next";

/** The names that TWS gives its own directories: what somebody wrote instead is shown as it is. */
const NAMES: Readonly<Record<string, "private" | "public" | "users">> = {
  "Private contacts": "private",
  "Public contacts": "public",
  Users: "users",
};

/** The name of a directory; of TWS's own (`own`) in the language of the page. */
export function directoryName(t: TFunction, name: string, own: boolean): string {
  const which = own ? NAMES[name] : undefined;
  return which ? t(`ownDirectories.${which}`) : name;
}
