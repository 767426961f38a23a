import assert from "node:assert/strict";
import { test } from "node:test";
import { changes } from "./changes.ts";

test("only what differs is said, with what it was", () => {
  const before = { id: "1", version: 1, name: "All", rank: 3, members: ["a"] };
  const after = { id: "1", version: 2, name: "Everybody", rank: 3, members: ["a", "b"] };
  assert.deepEqual(changes(before, after), [
    { field: "name", before: "All", after: "Everybody" },
    { field: "members", before: '["a"]', after: '["a","b"]' },
  ]);
});

test("of what was made, or is gone, everything is said that is not empty", () => {
  const row = { id: "1", name: "All", email: "", members: [] };
  assert.deepEqual(changes(null, row), [{ field: "name", before: undefined, after: "All" }]);
  assert.deepEqual(changes(row, null), [{ field: "name", before: "All", after: undefined }]);
  assert.deepEqual(changes(null, null), []);
});

test("rows are called by their names, where those are known", () => {
  const before = { members: ["a"], domain: "d" };
  const after = { members: ["a", "b"], domain: "e" };
  assert.deepEqual(changes(before, after, { a: "alice", d: "Paris", e: "Nice" }), [
    { field: "members", before: '["alice"]', after: '["alice","b"]' },
    { field: "domain", before: "Paris", after: "Nice" },
  ]);
});
