/** What the screen of authorisations shows, of what the server says may be granted to whom. */
import type { Grant, GrantKind, GrantType } from "../rows.ts";
import type { Entry, RowKind } from "./named.ts";

/** The two sides of a type: what is chosen first, and what is listed for it. */
export function sidesOf(type: GrantType): { first: RowKind[]; listed: RowKind[] } {
  return type.reversed
    ? { first: type.grantees, listed: type.objects }
    : { first: type.objects, listed: type.grantees };
}

/** What the server is asked for: the grants of what was chosen first, and no others. */
export function queryOf(type: GrantType, first: string): Record<string, string> {
  return { kind: type.kind, [type.reversed ? "grantee" : "object"]: first };
}

/** The listed side of a grant. */
export function listedIn(type: GrantType, grant: Grant): { kind: RowKind; id: string } {
  return type.reversed
    ? { kind: grant.objectKind, id: grant.object }
    : { kind: grant.granteeKind, id: grant.grantee };
}

/** The body that makes a grant. */
export function bodyOf(type: GrantType, first: Entry, listed: Entry) {
  const [object, grantee] = type.reversed ? [listed, first] : [first, listed];
  return {
    kind: type.kind as GrantKind,
    objectKind: object.kind,
    object: object.id,
    granteeKind: grantee.kind,
    grantee: grantee.id,
  };
}

/** Of which domain those are who can be listed; null = of any. */
export function domainOf(type: GrantType, first: Entry | undefined, chosen: string | null): string | null {
  return type.acrossDomains || !first ? chosen : first.domain;
}

/** Those who can still be added. */
export function candidates(
  entries: Entry[],
  granted: ReadonlySet<string>,
  domain: string | null,
  words: string,
): Entry[] {
  const parts = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(
    (each) =>
      !granted.has(each.id) &&
      (domain === null || each.kind === "domain" || each.domain === domain) &&
      parts.every((part) => each.name.toLocaleLowerCase().includes(part)),
  );
}
