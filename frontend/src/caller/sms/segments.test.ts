import assert from "node:assert/strict";
import { test } from "node:test";
import { counted } from "./segments.ts";

const parts = (text: string) => counted(text).parts;

test("a text of GSM's alphabet has 160 signs alone, 153 in each of several", () => {
  assert.deepEqual(counted(""), { units: 0, parts: 1, left: 160, others: [] });
  assert.deepEqual(counted("à".repeat(160)), { units: 160, parts: 1, left: 0, others: [] });
  assert.equal(parts("x".repeat(161)), 2);
  assert.deepEqual(counted("x".repeat(306)), { units: 306, parts: 2, left: 0, others: [] });
  assert.equal(parts("x".repeat(1530)), 10);
  assert.equal(parts("x".repeat(1531)), 11);
});

test("a sign of the extension takes two, which stay together", () => {
  assert.equal(parts("€".repeat(80)), 1);
  assert.equal(parts("€".repeat(81)), 2);
  // The 153rd septet of the first part stays empty.
  assert.deepEqual(counted(`${"x".repeat(152)}€${"x".repeat(152)}`).left, 153 - 154 + 153);
  assert.equal(parts(`${"x".repeat(152)}€${"x".repeat(152)}`), 3);
});

test("other signs make it UCS-2, and are named", () => {
  assert.deepEqual(counted("ê".repeat(70)), { units: 70, parts: 1, left: 0, others: ["ê"] });
  assert.equal(parts("ê".repeat(71)), 2);
  assert.equal(counted("😀").units, 2);
  // 33 whole characters in a part of 67: none is cut in two.
  assert.equal(parts("😀".repeat(66)), 2);
  assert.equal(parts("😀".repeat(67)), 3);
});

test("a letter and its accent count as one", () => {
  assert.equal(counted("e\u0301").units, 1);
});
