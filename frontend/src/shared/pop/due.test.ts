import assert from "node:assert/strict";
import { test } from "node:test";
import { isDue } from "./due.ts";

const TRIGGERS = ["ringing", "answered", "onClick", "never"] as const;

test("a pop is shown from its trigger on", () => {
  const due = (state: "alerting" | "connected" | "hold") =>
    TRIGGERS.filter((trigger) => isDue({ state }, trigger));
  assert.deepEqual(due("alerting"), ["ringing"]);
  assert.deepEqual(due("connected"), ["ringing", "answered"]);
  assert.deepEqual(due("hold"), ["ringing", "answered"]);
});

test("what the user says counts before it", () => {
  for (const trigger of TRIGGERS) {
    assert.equal(isDue({ state: "alerting" }, trigger, "open"), true);
    assert.equal(isDue({ state: "connected" }, trigger, "closed"), false);
  }
});
