import assert from "node:assert/strict";
import { test } from "node:test";
import { combination } from "./combination.ts";

const NOTHING = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

test("a combination is written as the server writes it", () => {
  for (const [event, wanted] of [
    [{ key: "F12", code: "F12", ctrlKey: true }, "Ctrl+F12"],
    [{ key: "d", code: "KeyD", ctrlKey: true, altKey: true }, "Ctrl+Alt+D"],
    [{ key: "∂", code: "KeyD", altKey: true, metaKey: true }, "Alt+Super+D"],
    [{ key: "&", code: "Digit1", ctrlKey: true, shiftKey: true }, "Ctrl+Shift+1"],
    [{ key: "Control", code: "ControlLeft", ctrlKey: true }, null],
    [{ key: "Tab", code: "Tab", ctrlKey: true }, null],
    [{ key: "F12", code: "F12" }, null],
  ] as const) {
    assert.equal(combination({ ...NOTHING, ...event }), wanted);
  }
});
