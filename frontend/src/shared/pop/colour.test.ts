import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOn, VIP_COLOUR } from "./colour.ts";

test("what is written on a colour can be read", () => {
  assert.equal(inkOn(VIP_COLOUR), "#000000");
  assert.equal(inkOn("#ffffff"), "#000000");
  assert.equal(inkOn("#000000"), "#ffffff");
  assert.equal(inkOn("#c62f2f"), "#ffffff");
  assert.equal(inkOn("#00ff00"), "#000000");
});
