import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, markOf, pageOf } from "./incident.ts";

test("filters become what the server is asked", () => {
  assert.deepEqual(asked("c", {}), {});
  assert.deepEqual(asked("c", { of: "company", state: "new", kind: "linkLost", text: "Paris" }), {
    company: "c",
    open: "true",
    acknowledged: "false",
    kind: "linkLost",
    text: "Paris",
  });
  assert.deepEqual(asked(null, { of: "company", state: "over" }), { open: "false" });
  const until = asked(null, { until: "2026-11-29" }).until ?? "";
  assert.deepEqual(new Date(until).getTime(), new Date("2026-11-30T00:00").getTime());
});

test("red is what nobody knows of", () => {
  assert.deepEqual(markOf({ ended: null, acknowledged: null }), "busy");
  assert.deepEqual(markOf({ ended: null, acknowledged: "2026-11-29T00:00:00Z" }), "held");
  assert.deepEqual(markOf({ ended: "2026-11-29T00:00:00Z", acknowledged: null }), "free");
});

test("an incident leads to the page where it is mended", () => {
  const of = { company: "c", subject: "link" };
  assert.deepEqual(pageOf({ kind: "linkLost", ...of }), { page: "links", edit: "link" });
  assert.equal(pageOf({ kind: "diskFull", company: null, subject: "/" })?.edit, null);
  assert.equal(pageOf({ kind: "wrongPasswords", company: null, subject: "" }), undefined);
});
