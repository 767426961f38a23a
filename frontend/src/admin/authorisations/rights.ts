import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { useList } from "../data.ts";
import { GRANTEES, type Grantee } from "../directories/directory.ts";
import { useNames } from "../names.ts";
import type { Authorisation, CalendarGrant, DirectoryGrant } from "../rows.ts";

/** An application, the calendars of others, or a directory: granted to somebody. */
export type Right = Authorisation | CalendarGrant | DirectoryGrant;

export function isDirectory(row: Right): row is DirectoryGrant {
  return "directory" in row;
}

/** To whom: applications and calendars know users and groups only. */
export function granteeOf(row: Right): { kind: Grantee; who: string } {
  const held = row as Partial<Record<Grantee, string | null>>;
  const kind = GRANTEES.find((each) => typeof held[each] === "string") ?? "user";
  return { kind, who: held[kind] ?? "" };
}

/** What was granted and to whom, by the names that people know. */
export function useRightNames() {
  const { t } = useTranslation();
  const names = useNames();
  const directories = useList("directories").data ?? [];
  const queues = useList("queues").data ?? [];
  const intercomGroups = useList("intercom-groups").data ?? [];
  const named = (rows: { id: string; name: string }[], id: string) =>
    rows.find((row) => row.id === id)?.name ?? "";
  const who = (row: Right) => {
    const { kind, who: id } = granteeOf(row);
    if (kind === "queue") return named(queues, id);
    return kind === "intercomGroup" ? named(intercomGroups, id) : names[kind](id);
  };
  const directory = (id: string) => {
    const found = directories.find((row) => row.id === id);
    return found ? directoryName(t, found.name, found.builtIn !== null) : "";
  };
  const what = (row: Right) => {
    if ("application" in row) return row.application;
    if (isDirectory(row)) {
      return t("admin.authorisations.directoryOf", { name: directory(row.directory) });
    }
    return t("admin.authorisations.calendarsOf", {
      name: names.group(row.ofGroup) || names.user(row.ofUser),
    });
  };
  return { who, what, kind: (row: Right) => t(`admin.directories.grantees.${granteeOf(row).kind}`) };
}
