import type { PageName } from "./address/address.ts";
import { useSuperUser } from "./self.ts";

type Area = "global" | "users" | "telephony" | "links" | "it" | "applications" | "security" | "tools";

/** Areas and pages, in the order of the guide. */
const MENU: [area: Area, pages: PageName[]][] = [
  ["global", ["firstSteps", "companies", "domains", "administrators"]],
  ["users", ["users", "userImports", "scim", "groups", "authorisations", "rights"]],
  ["telephony", ["dialPlan", "queues", "intercomGroups", "smsProviders"]],
  ["links", ["links"]],
  ["it", ["directories", "collaboration"]],
  ["applications", ["parameters", "alerter"]],
  ["security", ["licences"]],
  [
    "tools",
    [
      "services",
      "linkStates",
      "deviceStates",
      "incidents",
      "troubleshooting",
      "traces",
      "audit",
      "configuration",
      "backups",
    ],
  ],
];

/** Of which others see nothing. */
const OF_SUPER_USERS: PageName[] = ["backups"];

/** What is of use to who has signed in. */
export function useMenu(): typeof MENU {
  const superUser = useSuperUser();
  return MENU.map(([area, pages]) => [
    area,
    pages.filter((page) => superUser || !OF_SUPER_USERS.includes(page)),
  ]);
}
