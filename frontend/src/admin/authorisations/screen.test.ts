import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grant, GrantType } from "../rows.ts";
import type { Entry } from "./named.ts";
import { bodyOf, candidates, domainOf, listedIn, queryOf, sidesOf } from "./screen.ts";

const CALENDARS: GrantType = {
  kind: "calendar",
  objects: ["user", "group"],
  grantees: ["user", "group"],
  acrossDomains: true,
  reversed: false,
  applications: [],
};
const STATISTICS: GrantType = {
  ...CALENDARS,
  kind: "statistics",
  grantees: ["user"],
  acrossDomains: false,
  reversed: true,
};
const BAN: Entry = { id: "b", kind: "user", name: "Ban", domain: "paris" };
const BOSSES: Entry = { id: "g", kind: "group", name: "Bosses", domain: "paris" };
const FAR: Entry = { id: "f", kind: "user", name: "Far Away", domain: "nice" };

test("one begins with the object, and with the user where it is reversed", () => {
  assert.deepEqual(sidesOf(CALENDARS).first, ["user", "group"]);
  assert.deepEqual(queryOf(CALENDARS, "g"), { kind: "calendar", object: "g" });
  assert.deepEqual(sidesOf(STATISTICS), { first: ["user"], listed: ["user", "group"] });
  assert.deepEqual(queryOf(STATISTICS, "b"), { kind: "statistics", grantee: "b" });
});

test("what is sent says the same in both directions", () => {
  const sent = { objectKind: "group", object: "g", granteeKind: "user", grantee: "b" };
  assert.deepEqual(bodyOf(CALENDARS, BOSSES, BAN), { kind: "calendar", ...sent });
  assert.deepEqual(bodyOf(STATISTICS, BAN, BOSSES), { kind: "statistics", ...sent });
  const grant = { id: "1", version: 1, company: "c", kind: "statistics", ...sent } as Grant;
  assert.deepEqual(listedIn(STATISTICS, grant), { kind: "group", id: "g" });
  assert.deepEqual(listedIn(CALENDARS, grant), { kind: "user", id: "b" });
});

test("who may still be added: of the domain, not there yet, of that name", () => {
  const all = [BAN, FAR];
  assert.deepEqual(candidates(all, new Set(), null, ""), all);
  assert.deepEqual(candidates(all, new Set(["b"]), null, ""), [FAR]);
  assert.deepEqual(candidates(all, new Set(), "paris", ""), [BAN]);
  assert.deepEqual(candidates(all, new Set(), null, " AWAY far"), [FAR]);
});

test("a type that stays in a domain offers that of what was chosen first", () => {
  assert.equal(domainOf(STATISTICS, BAN, "nice"), "paris");
  assert.equal(domainOf(CALENDARS, BAN, "nice"), "nice");
  assert.equal(domainOf(CALENDARS, BAN, null), null);
});
