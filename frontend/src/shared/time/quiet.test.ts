import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isWithin } from "./quiet.ts";

const PARIS = "Europe/Paris";
const at = (moment: string) => new Date(moment);
const WORKING = { days: [1, 2, 3, 4, 5], start: "12:00", end: "14:00" };
const NIGHTS = { days: [1, 2, 3, 4, 5], start: "18:00", end: "08:00" };

type Case = { hours: { days: number[]; start: string; end: string }; at: string; zone: string; quiet: boolean };
const CASES = new URL("../../../../tests/quiet_hours.json", import.meta.url);

test("the server and the helper of a desk decide alike", () => {
  const cases = JSON.parse(readFileSync(CASES, "utf8")) as Case[];
  assert.ok(cases.length > 20);
  for (const one of cases)
    assert.equal(isWithin(one.hours, at(one.at), one.zone), one.quiet, one.at);
});

test("hours of one day begin with their first minute and end before their last", () => {
  // 2026-11-23 is a Monday; Paris is one hour before UTC.
  for (const [moment, quiet] of [
    ["2026-11-23T10:59:59Z", false],
    ["2026-11-23T11:00:00Z", true],
    ["2026-11-23T12:59:59Z", true],
    ["2026-11-23T13:00:00Z", false],
    ["2026-11-22T11:30:00Z", false],
  ] as const)
    assert.equal(isWithin(WORKING, at(moment), PARIS), quiet, moment);
});

test("hours over midnight belong to the day on which they begin", () => {
  for (const [moment, quiet] of [
    ["2026-11-27T17:00:00Z", true],
    ["2026-11-28T06:59:00Z", true],
    ["2026-11-28T07:00:00Z", false],
    ["2026-11-28T20:00:00Z", false],
    ["2026-11-30T05:00:00Z", false],
    ["2026-11-30T17:00:00Z", true],
  ] as const)
    assert.equal(isWithin(NIGHTS, at(moment), PARIS), quiet, moment);
});

test("the same hour twice is all day, and goes on to that hour", () => {
  const sundays = { days: [7], start: "06:00", end: "06:00" };
  assert.equal(isWithin(sundays, at("2026-11-22T04:59:00Z"), PARIS), false);
  assert.equal(isWithin(sundays, at("2026-11-22T05:00:00Z"), PARIS), true);
  assert.equal(isWithin(sundays, at("2026-11-23T04:59:00Z"), PARIS), true);
  assert.equal(isWithin(sundays, at("2026-11-23T05:00:00Z"), PARIS), false);
});

test("the clock of the zone counts, and its day", () => {
  const mondays = { days: [1], start: "00:00", end: "01:00" };
  assert.equal(isWithin(mondays, at("2026-11-22T23:30:00Z"), PARIS), true);
  assert.equal(isWithin(mondays, at("2026-11-22T23:30:00Z"), "UTC"), false);
});

test("where the clock is put forward, hours that it skips begin with the next that it shows", () => {
  const early = { days: [7], start: "02:30", end: "03:30" };
  assert.equal(isWithin(early, at("2026-03-29T00:59:00Z"), PARIS), false);
  assert.equal(isWithin(early, at("2026-03-29T01:00:00Z"), PARIS), true);
  assert.equal(isWithin(early, at("2026-03-29T01:29:00Z"), PARIS), true);
  assert.equal(isWithin(early, at("2026-03-29T01:30:00Z"), PARIS), false);
});

test("where it is put back, the hour that comes twice is quiet twice", () => {
  const early = { days: [7], start: "02:15", end: "02:45" };
  for (const [moment, quiet] of [
    ["2026-10-25T00:30:00Z", true],
    ["2026-10-25T00:50:00Z", false],
    ["2026-10-25T01:30:00Z", true],
    ["2026-10-25T01:50:00Z", false],
  ] as const)
    assert.equal(isWithin(early, at(moment), PARIS), quiet, moment);
});
