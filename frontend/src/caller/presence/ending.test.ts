import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, shownEnd } from "./ending.ts";

test("this evening is midnight where the user's domain is, also when clocks change", () => {
  const at = (text: string) => Date.parse(text);
  assert.equal(endOf("never", at("2026-11-30T09:00:00Z"), "Europe/Paris"), null);
  assert.equal(
    endOf("hour", at("2026-11-30T09:00:00Z"), "Europe/Paris"),
    "2026-11-30T10:00:00.000Z",
  );
  assert.equal(
    endOf("today", at("2026-11-30T09:00:00Z"), "Europe/Paris"),
    "2026-11-30T23:00:00.000Z",
  );
  // The day of the change to winter time has 25 hours.
  assert.equal(
    endOf("today", at("2026-10-25T00:30:00Z"), "Europe/Paris"),
    "2026-10-25T23:00:00.000Z",
  );
  assert.equal(
    endOf("today", at("2026-11-30T18:20:00Z"), "Asia/Kathmandu"),
    "2026-12-01T18:15:00.000Z",
  );
});

test("an end that is said is shown as what it is", () => {
  const now = Date.parse("2026-11-30T09:00:00Z");
  const shown = (until: string | null) => shownEnd(until, now, "Europe/Paris");
  assert.equal(shown(null), "never");
  assert.equal(shown("2026-11-30T23:00:00Z"), "today");
  assert.equal(shown("2026-12-24T12:00:00Z"), "said");
});
