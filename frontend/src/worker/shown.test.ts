import assert from "node:assert/strict";
import { test } from "node:test";
import { type Pushed, shown } from "./shown.ts";

const CALL: Pushed = {
  leg: "leg-1",
  device: "device-1",
  state: "ringing",
  name: "Paul Martin",
  number: "01 55 17 18 89",
  company: "SSDEI",
  by: null,
  culture: "fr",
  operations: ["answerCall", "clearConnection"],
};

test("a call that rings can be answered and declined, as far as the telephone can", () => {
  const { title, options } = shown(CALL, "en-GB");
  assert.equal(title, "Paul Martin");
  assert.equal(options.body, "01 55 17 18 89\nSSDEI");
  assert.deepEqual(options.actions, [
    { action: "answer", title: "Répondre" },
    { action: "decline", title: "Refuser" },
  ]);
  const less = shown({ ...CALL, operations: ["clearConnection"] }, "en-GB").options.actions;
  assert.deepEqual(less.map((each) => each.action), ["decline"]);
});

test("what is over replaces it, silent and without buttons", () => {
  const { options } = shown({ ...CALL, state: "missed", culture: "Auto" }, "en-GB");
  assert.equal(options.tag, "leg-1");
  assert.equal(options.body, "Missed call\n01 55 17 18 89\nSSDEI");
  assert.deepEqual([options.silent, options.requireInteraction, options.actions], [true, false, []]);
});

test("who withholds the number has none", () => {
  const { title, options } = shown({ ...CALL, name: null, number: null, company: null }, "fr");
  assert.deepEqual([title, options.body], ["Numéro masqué", "Appel entrant"]);
});
