import assert from "node:assert/strict";
import { test } from "node:test";
import { added, changedAt, contentOf, type Draft, draftOf, isKept, type Rule, toSend } from "./plan.ts";

const RULE: Rule = { priority: 5, name: "", pattern: "+", value: "00", longerOnly: false };
const DRAFT = { defaultOutgoing: true, outgoingRules: [RULE], externalPrefix: "0" } as Draft;

test("the default set is sent as no rules of its own", () => {
  assert.deepEqual(toSend(DRAFT), { outgoingRules: null, externalPrefix: "0" });
  assert.deepEqual(toSend({ ...DRAFT, defaultOutgoing: false }), {
    outgoingRules: [RULE],
    externalPrefix: "0",
  });
});

test("what is edited has neither id nor version", () => {
  assert.deepEqual(draftOf({ domain: "d", version: 3, ...DRAFT }), DRAFT);
});

test("a new rule comes behind the others", () => {
  assert.equal(added([RULE])[1]?.priority, 15);
  assert.equal(added([])[0]?.priority, 10);
});

test("one rule is changed, the others stay", () => {
  const [first, second] = changedAt([RULE, RULE], 1, { value: "9" });
  assert.equal(first, RULE);
  assert.equal(second?.value, "9");
});

test("an example is kept once for each number and direction", () => {
  const trial = { direction: "dialled", number: "1", result: "2" } as Parameters<typeof isKept>[1];
  assert.equal(isKept([{ direction: "dialled", number: "1", expected: "2" }], trial), true);
  assert.equal(isKept([{ direction: "lookedUp", number: "1", expected: "2" }], trial), false);
});

test("a file is sent byte by byte", async () => {
  assert.equal(await contentOf(new File([new Uint8Array([0, 255, 65])], "x")), "AP9B");
});
