import assert from "node:assert/strict";
import { test } from "node:test";
import type { Connector, Directory, Grant, Run } from "../rows.ts";
import { begun, draftOf, intervalOf, tabOf, toSend } from "./directory.ts";
import { newest, nextOf, progress } from "./runs.ts";

const CSV: Connector = {
  name: "csv",
  title: "CSV file",
  fields: [],
  suggested: { identifier: "Id" },
  public: true,
  private: false,
  suggestedUsers: {},
};
const OFFICE: Connector = { ...CSV, name: "office365", suggested: { work: "phones" }, public: false, private: true };
const BOTH = [CSV, OFFICE];

const ROW = {
  id: "d1",
  name: "Customers",
  domain: "p",
  kind: "public",
  connector: "csv",
  builtIn: null,
  priority: 3,
  settings: {},
  mapping: { work: "Tel|u" },
  labels: {},
  merge: true,
  schedule: "daily",
  minutes: 10,
} as unknown as Directory;

test("a new directory begins with what its product suggests", () => {
  assert.deepEqual(draftOf(null, [], BOTH, "p").mapping, { identifier: "Id" });
  const other = begun(BOTH, "office365", null, "public");
  assert.deepEqual(other.mapping, { work: "phones" });
  assert.equal(other.kind, "private");
});

test("what is stored is kept where its own product is chosen again", () => {
  assert.deepEqual(begun(BOTH, "csv", ROW, "public").mapping, { work: "Tel|u" });
  assert.equal(begun(BOTH, "csv", ROW, "disabled").kind, "disabled");
});

test("emptied fields are not sent; of TWS's own only three are", () => {
  const grant = { object: "d1", granteeKind: "group", grantee: "g" } as Grant;
  const draft = draftOf(ROW, [grant], BOTH, "x");
  assert.deepEqual(draft.grants, [{ kind: "group", who: "g" }]);
  const sent = toSend({ ...draft, mapping: { work: "Tel", home: " " } }, BOTH, null);
  assert.deepEqual(sent.mapping, { work: "Tel" });
  const three = { name: "Customers", priority: 3, merge: true };
  assert.deepEqual(toSend(draft, BOTH, "tws_users"), three);
  const more = { mapping: { private0: "ADR|a" }, labels: { private0: "Address" } };
  assert.deepEqual(toSend({ ...draft, ...more }, BOTH, "tws_private"), { ...three, ...more });
});

test("a time in whole hours is said in hours, and sent in minutes", () => {
  assert.deepEqual(intervalOf(90), { every: 90, unit: "minutes" });
  assert.deepEqual(intervalOf(120), { every: 2, unit: "hours" });
  const draft = { ...draftOf(ROW, [], BOTH, "p"), every: 3, unit: "hours" as const };
  assert.equal((toSend(draft, BOTH, null) as { minutes: number }).minutes, 180);
});

test("what the server complains of has its tab", () => {
  assert.equal(tabOf("mapping.work"), "fields");
  assert.equal(tabOf("labels.private0"), "fields");
  assert.equal(tabOf("settings.file"), "connector");
  assert.equal(tabOf("minutes"), "synchronisation");
  assert.equal(tabOf("grantee"), "rights");
  assert.equal(tabOf(undefined), null);
});

test("progress is known once merging is, and the live run is newer than the listed one", () => {
  const run = { id: "r", state: "merging", created: 6, updated: 2, deleted: 0, merged: 4 };
  const merging = run as unknown as Run;
  assert.equal(progress(merging), 50);
  assert.equal(progress({ ...merging, state: "reading" }), null);
  const old = { ...merging, id: "q" };
  const listed = [{ ...merging, merged: 1 }, old];
  assert.deepEqual(newest(listed, merging), [merging, old]);
  assert.deepEqual(newest(listed, undefined), listed);
});

test("what is read every so often is read next so much after it last began", () => {
  const run = { started: "2026-01-05T09:00:00Z" } as unknown as Run;
  const often = { ...ROW, schedule: "interval", minutes: 90 } as Directory;
  assert.equal(nextOf(often, run), "2026-01-05T10:30:00.000Z");
  assert.equal(nextOf(often, undefined), null);
  assert.equal(nextOf({ ...often, schedule: "manual" }, run), null);
});
