import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, numbersOf, toSend } from "./device.ts";

test("consecutive numbers are told by the first and the last", () => {
  assert.equal(numbersOf({ number: "6674", count: 2 }), "6674–6675");
  assert.equal(numbersOf({ number: "0099", count: 3 }), "0099–0101");
  assert.equal(numbersOf({ number: "6674", count: 1 }), "6674");
  assert.equal(numbersOf({ number: "", count: 4 }), "");
});

test("a password left empty is not sent", () => {
  const draft = draftOf(null);
  assert.ok(!("password" in toSend(draft)));
  assert.deepEqual(toSend({ ...draft, password: "4711" }), { ...draft, password: "4711" });
});
