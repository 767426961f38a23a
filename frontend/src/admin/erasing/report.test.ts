import assert from "node:assert/strict";
import { test } from "node:test";
import { partsOf } from "./report.ts";

const rows = { audit: 3, user_account: 1, call_leg: 12 };

test("all of a company goes, the most first", () => {
  const { gone, unnamed } = partsOf({ kind: "companies", rows });
  assert.deepEqual(gone.map(([table]) => table), ["call_leg", "audit", "user_account"]);
  assert.deepEqual(unnamed, []);
});

test("lines of the log in which a person was named stay", () => {
  const { gone, unnamed } = partsOf({ kind: "users", rows });
  assert.deepEqual(gone.map(([table]) => table), ["call_leg", "user_account"]);
  assert.deepEqual(unnamed, [["audit", 3]]);
});
