import assert from "node:assert/strict";
import { test } from "node:test";
import { holds } from "./plain.ts";

test("words are found whatever their accents and capitals", () => {
  assert.ok(holds("Système · L’heure des synchronisations", "SYSTEME heure"));
  assert.ok(holds("Francois", "François"));
  assert.ok(holds("anything", "  "));
  assert.ok(!holds("Système", "systeme domaine"));
});
