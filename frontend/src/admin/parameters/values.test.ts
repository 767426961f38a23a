import assert from "node:assert/strict";
import { test } from "node:test";
import type { Parameter, ParameterValue } from "../rows.ts";
import { changesOf, effectiveIn, settingsOf } from "./values.ts";

const MAPS = {
  name: "MapServiceURL",
  kind: "text",
  default: "https://maps.example/?q={0}",
  levels: ["default", "domain", "group", "user"],
} as unknown as Parameter;

function row(id: string, value: string, holder: Partial<ParameterValue>): ParameterValue {
  const none = { user: null, group: null, domain: null };
  return { id, version: 1, company: "c", parameter: MAPS.name, value, ...none, ...holder };
}

const VALUES = [
  row("1", "whole", {}),
  row("2", "paris", { domain: "p" }),
  row("3", "mine", { user: "u" }),
];

test("the nearest counts: the domain, the company, what TWS comes with", () => {
  assert.deepEqual(effectiveIn(MAPS, VALUES, "p"), { value: "paris", from: "domain" });
  assert.deepEqual(effectiveIn(MAPS, VALUES, "q"), { value: "whole", from: "default" });
  assert.deepEqual(effectiveIn(MAPS, [], "p"), { value: MAPS.default, from: "tws" });
  const levels = settingsOf(MAPS.name, VALUES).map((each) => each.level);
  assert.deepEqual(levels, ["user", "domain", "default"]);
});

test("only what differs is written, over the version that was seen", () => {
  const wanted = settingsOf(MAPS.name, VALUES)
    .filter((each) => each.level !== "user")
    .map((each) => (each.level === "domain" ? { ...each, value: "lyon" } : each));
  const { goes, comes } = changesOf(VALUES, [...wanted, { level: "group", who: "g", value: "x" }]);
  assert.deepEqual(goes.map(({ id }) => id), ["3"]);
  assert.deepEqual(comes, [
    { level: "domain", who: "p", value: "lyon", version: 1 },
    { level: "group", who: "g", value: "x", version: null },
  ]);
});
