import assert from "node:assert/strict";
import { test } from "node:test";
import { initials } from "./initials.ts";

test("initials of a name", () => {
  assert.equal(initials("Marie Durand"), "MD");
  assert.equal(initials("Anne-Marie du Pont"), "AMP");
  assert.equal(initials("Élodie Ng"), "ÉN");
  assert.equal(initials("  ban "), "B");
  assert.equal(initials("Team (Paris)"), "T");
  assert.equal(initials(""), "");
});
