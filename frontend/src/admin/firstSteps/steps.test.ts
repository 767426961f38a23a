import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveDevice, LiveLink } from "../live/states.ts";
import { type Known, steps } from "./steps.ts";

const NOTHING: Known = {
  domain: undefined,
  licences: undefined,
  links: [],
  devices: [],
  callers: undefined,
};
const states = (known: Partial<Known>) =>
  Object.fromEntries(steps({ ...NOTHING, ...known }, false).map((one) => [one.name, one.state]));
const link = (state: string) => ({ state }) as LiveLink;
const device = (state: string) => ({ state }) as LiveDevice;

test("a new domain has everything to do, and nothing is wrong", () => {
  assert.deepEqual(states({}), {
    domain: "todo",
    licence: "done",
    link: "todo",
    users: "todo",
    caller: "todo",
    call: "todo",
  });
});

test("what was done and does not work is wrong", () => {
  assert.equal(states({ links: [link("down")] }).link, "wrong");
  assert.equal(states({ links: [link("down"), link("up")] }).link, "done");
  assert.equal(states({ devices: [device("monitored")] }).users, "todo");
  assert.equal(states({ devices: [device("monitored"), device("refused")] }).users, "wrong");
  assert.equal(states({ devices: [device("monitored"), device("monitored")] }).users, "done");
});

test("one who may use the Caller is enough", () => {
  assert.equal(states({ callers: { authorised: 0, users: 3 } }).caller, "todo");
  assert.equal(states({ callers: { authorised: 1, users: 3 } }).caller, "done");
});
