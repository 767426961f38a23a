import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "../shared/api/client.ts";
import { useAddress } from "./address/context.tsx";
import type {
  Administrator,
  CalendarConnector,
  CollaborationSource,
  Company,
  Connector,
  Dialect,
  Directory,
  Domain,
  Grant,
  GrantType,
  Group,
  IntercomGroup,
  Link,
  Parameter,
  ParameterValue,
  Queue,
  ScimConnection,
  SmsConnector,
  SmsProvider,
  User,
  UserDevice,
  UserImport,
} from "./rows.ts";

type Lists = {
  companies: Company;
  domains: Domain;
  administrators: Administrator;
  users: User;
  devices: UserDevice;
  "user-imports": UserImport;
  "scim-connections": ScimConnection;
  groups: Group;
  grants: Grant;
  "grant-kinds": GrantType;
  links: Link;
  dialects: Dialect;
  directories: Directory;
  connectors: Connector;
  "collaboration-sources": CollaborationSource;
  "calendar-connectors": CalendarConnector;
  "sms-providers": SmsProvider;
  "sms-connectors": SmsConnector;
  parameters: Parameter;
  "parameter-values": ParameterValue;
  queues: Queue;
  "intercom-groups": IntercomGroup;
};

export type ListName = keyof Lists;
export type RowOf<L extends ListName> = Lists[L];

const EVERYWHERE: ListName[] = [
  "companies",
  "administrators",
  "dialects",
  "connectors",
  "calendar-connectors",
  "sms-connectors",
  "parameters",
  "grant-kinds",
];

/** A list of the chosen company (or of the whole installation). */
export function useList<L extends ListName>(list: L) {
  const company = useCompany();
  const global = EVERYWHERE.includes(list);
  return useQuery({
    queryKey: ["admin", list, global ? null : company],
    queryFn: () =>
      request<Lists[L][]>("GET", `/admin/${list}`, { query: global ? {} : { company } }),
    enabled: global || company !== null,
  });
}

/** Those rows of the chosen company that the server finds; null = none is looked for. */
export function useFound<L extends ListName>(list: L, query: Record<string, string> | null) {
  const company = useCompany();
  return useQuery({
    queryKey: ["admin", list, company, query],
    queryFn: () =>
      request<Lists[L][]>("GET", `/admin/${list}`, { query: { ...query, company } }),
    enabled: company !== null && query !== null,
  });
}

/** The company one works on: of the address, else the first. */
export function useCompany(): string | null {
  const { address } = useAddress();
  const companies = useQuery({
    queryKey: ["admin", "companies", null],
    queryFn: () => request<Company[]>("GET", "/admin/companies"),
  });
  const known = companies.data ?? [];
  return known.find((company) => company.id === address.company)?.id ?? known[0]?.id ?? null;
}

/** Rows of the chosen domain, or of all. */
export function useInDomain<R extends { domain: string }>(rows: R[] | undefined): R[] {
  const { domain } = useAddress().address;
  return (rows ?? []).filter((row) => domain === null || row.domain === domain);
}

export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["admin"] });
}

export function create<L extends ListName>(list: L, body: object): Promise<Lists[L]> {
  return request("POST", `/admin/${list}`, { body });
}

export function update<L extends ListName>(
  list: L,
  row: { id: string; version: number },
  changes: object,
): Promise<Lists[L]> {
  return request("PATCH", `/admin/${list}/${encodeURIComponent(row.id)}`, {
    body: { version: row.version, ...changes },
  });
}

export function remove(list: ListName, row: { id: string; version: number }): Promise<void> {
  return request("DELETE", `/admin/${list}/${encodeURIComponent(row.id)}`, {
    query: { version: row.version },
  });
}
