import assert from "node:assert/strict";
import { test } from "node:test";
import { byNumber, type LiveLink, linkMark, worstFirst } from "./states.ts";

function link(name: string, more: Partial<LiveLink>): LiveLink {
  return {
    id: name,
    name,
    dialect: "csta_xml",
    company: "c",
    domain: "d",
    enabled: true,
    host: "pbx.example",
    port: 3211,
    state: "up",
    why: null,
    sentence: null,
    since: null,
    version: null,
    monitored: 0,
    waiting: 0,
    capacity: 500,
    ...more,
  };
}

test("what needs somebody comes first, what is switched off last", () => {
  const order = worstFirst([
    link("well", {}),
    link("off", { enabled: false, state: "down" }),
    link("down", { state: "down" }),
    link("full", { waiting: 3 }),
    link("wrong", { state: "misconfigured" }),
  ]);
  assert.deepEqual(
    order.map((each) => each.name),
    ["wrong", "down", "full", "well", "off"],
  );
});

test("a link that is switched off is not in trouble", () => {
  assert.equal(linkMark(link("off", { enabled: false, state: "down" })), "away");
  assert.equal(linkMark(link("down", { state: "down" })), "busy");
});

test("shorter numbers stand before longer ones", () => {
  assert.deepEqual(["40100", "4099", "4001"].sort(byNumber), ["4001", "4099", "40100"]);
});
