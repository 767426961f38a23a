import type { PageName } from "./address/address.ts";

/** Areas and pages, in the order of the guide. */
export const MENU: [area: "global" | "users" | "telephony" | "links" | "it" | "applications" | "security" | "tools", pages: PageName[]][] = [
  ["global", ["firstSteps", "companies", "domains", "administrators"]],
  ["users", ["users", "userImports", "scim", "groups", "authorisations", "rights"]],
  ["telephony", ["dialPlan", "queues", "intercomGroups"]],
  ["links", ["links"]],
  ["it", ["directories", "collaboration"]],
  ["applications", ["parameters"]],
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
