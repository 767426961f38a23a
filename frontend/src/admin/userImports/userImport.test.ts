import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connector, UserImport } from "../rows.ts";
import { begun, draftOf, sourcesOf, toSend } from "./userImport.ts";

const LDAP: Connector = {
  name: "ldap",
  title: "LDAP",
  fields: [],
  suggested: { identifier: "entryuuid", last_name: "sn", organisation: "o", work: "tel" },
  suggestedUsers: { username: "uid", identifier: "entryuuid", number: "telephonenumber" },
  public: true,
  private: false,
};
const OFFICE: Connector = { ...LDAP, name: "office365", suggestedUsers: {} };
const ROW = {
  id: "i1",
  name: "Employees",
  domain: "p",
  connector: "ldap",
  settings: {},
  mapping: { last_name: "sn|u", organisation: "o", work: "tel" },
  fields: { username: "uid", identifier: "entryuuid" },
  minutes: 120,
} as unknown as UserImport;

test("users come from kinds that offer them, with the fields that these suggest", () => {
  assert.deepEqual(sourcesOf([OFFICE, LDAP]), [LDAP]);
  const draft = draftOf(null, [OFFICE, LDAP], "p");
  assert.equal(draft.connector, "ldap");
  assert.equal(draft.fields.username, "uid");
  assert.equal(draft.fields.last_name, "sn");
  assert.equal(draft.fields.custom0, "");
});

test("a new import gives its directory all that the product suggests, but what it says itself", () => {
  const sent = toSend(draftOf(null, [LDAP], "p"), [LDAP], null);
  assert.deepEqual(sent.fields, {
    identifier: "entryuuid",
    username: "uid",
    number: "telephonenumber",
  });
  assert.equal(sent.mapping.organisation, "o");
  assert.equal("work" in sent.mapping, false);
  assert.equal("identifier" in sent.mapping, false);
});

test("of a stored one only its own fields are sent, also those emptied", () => {
  const draft = draftOf(ROW, [LDAP], "p");
  assert.equal(draft.unit, "hours");
  draft.fields.last_name = "";
  const sent = toSend(draft, [LDAP], ROW);
  assert.deepEqual(Object.keys(sent.mapping).sort(), ["email1", "first_name", "last_name", "mobile"]);
  assert.equal(sent.minutes, 120);
  assert.equal(sent.link, null);
});

test("another product begins with its own fields", () => {
  assert.equal(begun([LDAP, OFFICE], "ldap", null).fields.username, "uid");
  assert.equal(begun([LDAP, OFFICE], "ldap", ROW).fields.last_name, "sn|u");
});
