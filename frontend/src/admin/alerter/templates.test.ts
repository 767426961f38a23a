import assert from "node:assert/strict";
import { test } from "node:test";
import { inserted, SNIPPETS, tokensIn } from "./templates.ts";

test("tokens are found once, whatever their case", () => {
  assert.deepEqual(tokensIn("[-Id-] [- id -][-DisplayName-] [-[VIP]-] [-]"), [
    "id",
    "DisplayName",
    "[VIP]",
  ]);
});

test("an element is inserted between elements", () => {
  const text = '<alerter>\n  <text>a</text>\n</alerter>\n';
  const lines = (at: number) => inserted(text, at, SNIPPETS.image).text.split("\n");
  for (const at of [0, 3]) assert.match(lines(at)[1] ?? "", /<image/);
  assert.match(lines(text.length)[2] ?? "", /<image/);
  assert.match(lines(14)[1] ?? "", /<image/);
});

test("a token is inserted at the caret", () => {
  assert.deepEqual(inserted("ab", 1, "[-Id-]"), { text: "a[-Id-]b", caret: 7 });
});
