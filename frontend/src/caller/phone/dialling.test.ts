import assert from "node:assert/strict";
import { test } from "node:test";
import type { Device } from "../../shared/api/types.ts";
import { dialling } from "./dialling.ts";

const LINK = { id: "l1", name: "PBX", state: "up", why: null, sentence: null, since: null } as const;

function device(more: Partial<Device>): Device {
  return {
    id: "d1",
    number: "4001",
    label: "",
    link: LINK,
    state: "monitored",
    reason: null,
    forwardings: null,
    doNotDisturb: null,
    messagesWaiting: null,
    operations: [],
    forwardingTypes: [],
    hidesNumber: false,
    ...more,
  };
}

test("calls are made where the PBX has it", () => {
  assert.equal(dialling(device({ operations: ["makeCall"] }), true), "possible");
  assert.equal(dialling(device({ operations: ["answerCall"] }), true), "lacking");
});

test("what is not heard is not called lacking", () => {
  assert.equal(dialling(device({ operations: ["makeCall"] }), false), "notNow");
  assert.equal(dialling(device({ state: "linkDown" }), true), "notNow");
  assert.equal(dialling(null, true), "notNow");
});
