import { NONE } from "../userImports/userImport.ts";
import type { ScimConnection } from "../rows.ts";

export type Draft = {
  name: string;
  domain: string;
  link: string;
  protocol: string;
  label: string;
  culture: string;
  adapt: boolean;
  takeOver: boolean;
};

export function draftOf(row: ScimConnection | null, domain: string): Draft {
  return {
    name: row?.name ?? "",
    domain: row?.domain ?? domain,
    link: row?.link ?? NONE,
    protocol: row?.protocol ?? "CSTA",
    label: row?.label ?? "",
    culture: row?.culture ?? "Auto",
    adapt: row?.adapt ?? false,
    takeOver: row?.takeOver ?? false,
  };
}

export function toSend({ domain: _domain, link, ...others }: Draft) {
  return { ...others, link: link === NONE ? null : link };
}

/** What a provider is told; where no public address is configured, that by which this page came. */
export function addressOf(row: ScimConnection, origin: string): string {
  return row.address.startsWith("/") ? `${origin}${row.address}` : row.address;
}
