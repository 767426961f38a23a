/** Where one is in Administration: all of it is in the address, so that a link can be sent. */
export const PAGES = [
  "firstSteps",
  "companies",
  "domains",
  "administrators",
  "users",
  "userImports",
  "scim",
  "groups",
  "authorisations",
  "rights",
  "dialPlan",
  "queues",
  "intercomGroups",
  "smsProviders",
  "links",
  "directories",
  "collaboration",
  "parameters",
  "alerter",
  "licences",
  "linkStates",
  "deviceStates",
  "services",
  "incidents",
  "troubleshooting",
  "audit",
  "configuration",
  "backups",
  "traces",
] as const;
export type PageName = (typeof PAGES)[number];

export type Address = {
  page: PageName;
  company: string | null;
  domain: string | null;
  /** Row in the side form; `new` = one to be made. */
  edit: string | null;
  /** Filters of the list, by name. */
  filters: Readonly<Record<string, string>>;
};

const RESERVED = ["page", "company", "domain", "edit"];

export function parse(search: string): Address {
  const given = new URLSearchParams(search);
  const page = PAGES.find((known) => known === given.get("page")) ?? "linkStates";
  const filters = [...given].filter(([name, value]) => !RESERVED.includes(name) && value !== "");
  return {
    page,
    company: given.get("company"),
    domain: given.get("domain"),
    edit: given.get("edit"),
    filters: Object.fromEntries(filters),
  };
}

export function print(address: Address): string {
  const { page, company, domain, edit, filters } = address;
  const pairs = Object.entries({ page, company, domain, edit, ...filters });
  const said = pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `?${new URLSearchParams(said)}`;
}
