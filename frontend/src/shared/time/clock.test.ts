import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, dayName, duration, since } from "./clock.ts";

const WORDS = { today: "Aujourd’hui", yesterday: "Hier" };
const NOON = Date.parse("2026-01-05T12:00:00Z");

test("durations have minutes and seconds, and hours when there are any", () => {
  assert.equal(duration(0), "00:00");
  assert.equal(duration(134_900), "02:14");
  assert.equal(duration(3_600_000), "1:00:00");
  assert.equal(duration(-5_000), "00:00");
});

test("clock times are those of the zone, not of the computer", () => {
  assert.equal(clockTime("2026-01-05T08:12:00Z", "fr", "Europe/Paris"), "09:12");
  assert.equal(clockTime("2026-01-05T08:12:00Z", "fr", "America/Martinique"), "04:12");
});

test("days are named; midnight is the zone's", () => {
  const lateInParis = "2026-01-04T23:30:00Z";
  assert.equal(dayName(lateInParis, NOON, "fr", "Europe/Paris", WORDS), "Aujourd’hui");
  assert.equal(dayName(lateInParis, NOON, "fr", "UTC", WORDS), "Hier");
  assert.equal(dayName("2026-01-01T12:00:00Z", NOON, "fr", "UTC", WORDS), "Jeudi 1 janvier");
  assert.match(dayName("2025-12-01T12:00:00Z", NOON, "en", "UTC", WORDS), /2025/);
});

test("the past is relative until an hour", () => {
  assert.match(since(NOON - 5 * 60_000, NOON, "fr", "UTC"), /5/);
  assert.equal(since(NOON - 61 * 60_000, NOON, "fr", "UTC"), "10:59");
});
