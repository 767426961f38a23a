import type { IncidentValue } from "../../shared/api/types.generated.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import type { Address, PageName } from "../address/address.ts";
import { midnight } from "../../shared/time/clock.ts";

export const KINDS = [
  "linkLost",
  "synchronisationFailed",
  "synchronisationHeld",
  "importFailed",
  "importHeld",
  "calendarsUnread",
  "smsProviderFailed",
  "secretLost",
  "serviceDown",
  "nodes",
  "databaseAway",
  "clockWrong",
  "backupFailed",
  "diskFull",
  "licence",
  "certificate",
  "mailNotSent",
  "wrongPasswords",
  "serverEnded",
] as const satisfies IncidentValue["kind"][];

export const STATES = ["all", "new", "open", "over"] as const;

/** Where one looks after what is wrong; of the others there is no page. */
const PAGES: Partial<Record<IncidentValue["kind"], PageName>> = {
  linkLost: "links",
  synchronisationFailed: "directories",
  synchronisationHeld: "directories",
  importFailed: "userImports",
  importHeld: "userImports",
  calendarsUnread: "collaboration",
  smsProviderFailed: "smsProviders",
  serviceDown: "services",
  nodes: "services",
  databaseAway: "troubleshooting",
  clockWrong: "troubleshooting",
  backupFailed: "backups",
  diskFull: "troubleshooting",
  mailNotSent: "parameters",
  licence: "licences",
  certificate: "troubleshooting",
};

export function pageOf(incident: Pick<IncidentValue, "kind" | "company" | "subject">) {
  const page = PAGES[incident.kind];
  const row = incident.company !== null && incident.kind !== "mailNotSent";
  return page && { page, edit: row ? incident.subject : null };
}

export function markOf(incident: Pick<IncidentValue, "ended" | "acknowledged">): Mark {
  if (incident.ended !== null) return "free";
  return incident.acknowledged === null ? "busy" : "held";
}

/** What is asked of the server. `company`: the one that one works on. */
export function asked(
  company: string | null,
  filters: Address["filters"],
): Record<string, string> {
  const { text, state, kind, of, since, until } = filters;
  return {
    ...(of === "company" && company ? { company } : {}),
    ...(text ? { text } : {}),
    ...(kind ? { kind } : {}),
    ...(state === "new" ? { open: "true", acknowledged: "false" } : {}),
    ...(state === "open" ? { open: "true" } : {}),
    ...(state === "over" ? { open: "false" } : {}),
    ...(since ? { since: midnight(since) } : {}),
    ...(until ? { until: midnight(until, 1) } : {}),
  };
}
