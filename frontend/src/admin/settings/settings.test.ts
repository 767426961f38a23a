import assert from "node:assert/strict";
import { test } from "node:test";
import type { Setting } from "../rows.ts";
import { isAbout, settingsOf, toSend } from "./settings.ts";

function field(name: string, more: Partial<Setting>): Setting {
  return {
    name,
    type: "text",
    default: null,
    help: "",
    secret: false,
    choices: null,
    required: false,
    ...more,
  };
}

const FIELDS = [
  field("host", { required: true }),
  field("port", { type: "number", default: 3211 }),
  field("tls", { type: "switch", default: false }),
  field("password", { secret: true, default: "" }),
  field("username", { default: "" }),
  field("page", { type: "url", default: null }),
  field("query", { type: "lines", default: "" }),
];

test("a form starts with what is stored, else with the fields' own values", () => {
  assert.deepEqual(settingsOf(FIELDS, {}), {
    host: "",
    port: 3211,
    tls: false,
    password: "",
    username: "",
    page: "",
    query: "",
  });
  const stored = settingsOf(FIELDS, { host: "10.0.0.1", port: 3212, tls: true, password: null });
  assert.equal(stored.port, 3212);
  assert.equal(stored.tls, true);
});

test("a secret is sent only when it was typed", () => {
  const settings = { ...settingsOf(FIELDS, {}), host: "10.0.0.1" };
  assert.deepEqual(toSend(FIELDS, settings), {
    host: "10.0.0.1",
    port: 3211,
    tls: false,
    username: "",
    query: "",
  });
  assert.equal(toSend(FIELDS, { ...settings, password: "x" }).password, "x");
  assert.equal("port" in toSend(FIELDS, { ...settings, port: "" }), false);
});

test("what the server says is shown at its field", () => {
  const host = field("host", {});
  assert.equal(isAbout(host, "settings.host"), true);
  assert.equal(isAbout(host, "host"), true);
  assert.equal(isAbout(host, "settings"), false);
  assert.equal(isAbout(host, undefined), false);
});
