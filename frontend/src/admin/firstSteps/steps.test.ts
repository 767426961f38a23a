import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveDevice, LiveLink } from "../live/states.ts";
import type { Grant, Group, User } from "../rows.ts";
import { CALLER, type Known, mayCall, steps } from "./steps.ts";

const marie = { id: "marie", domain: "paris" } as User;
const all = { id: "all", members: ["marie"] } as Group;
const to = (grantee: string, object = CALLER) =>
  ({ kind: "application", object, grantee }) as Grant;

const NOTHING: Known = {
  domain: undefined,
  licences: undefined,
  links: [],
  users: [],
  devices: [],
  groups: [],
  grants: [],
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

test("the Caller comes by the user, a group or the domain, and by no other application", () => {
  assert.ok(mayCall(marie, { groups: [], grants: [to("marie")] }));
  assert.ok(mayCall(marie, { groups: [all], grants: [to("all")] }));
  assert.ok(mayCall(marie, { groups: [], grants: [to("paris")] }));
  assert.ok(!mayCall(marie, { groups: [], grants: [to("all")] }));
  assert.ok(!mayCall(marie, { groups: [all], grants: [to("all", "TWS Rules")] }));
});
