import assert from "node:assert/strict";
import { test } from "node:test";
import type { Dialect, Link, Setting } from "../rows.ts";
import { settingsOf, toSend } from "./settings.ts";

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

const DIALECT: Dialect = {
  name: "csta_xml",
  title: "CSTA",
  fields: [
    field("host", { required: true }),
    field("port", { type: "number", default: 3211 }),
    field("tls", { type: "switch", default: false }),
    field("password", { secret: true, default: "" }),
    field("username", { default: "" }),
  ],
};

const LINK = {
  dialect: "csta_xml",
  settings: { host: "10.0.0.1", port: 3212, tls: true, password: null },
} as unknown as Link;

test("a form starts with what is stored, else with the dialect's own values", () => {
  assert.deepEqual(settingsOf(DIALECT, null), {
    host: "",
    port: 3211,
    tls: false,
    password: "",
    username: "",
  });
  const stored = settingsOf(DIALECT, LINK);
  assert.equal(stored.port, 3212);
  assert.equal(stored.tls, true);
});

test("another dialect starts afresh", () => {
  assert.equal(settingsOf({ ...DIALECT, name: "asterisk" }, LINK).host, "");
});

test("a secret is sent only when it was typed", () => {
  const settings = { host: "10.0.0.1", port: 3211, tls: false, password: "", username: "" };
  assert.deepEqual(toSend(DIALECT, settings), {
    host: "10.0.0.1",
    port: 3211,
    tls: false,
    username: "",
  });
  assert.equal(toSend(DIALECT, { ...settings, password: "x" }).password, "x");
  assert.equal("port" in toSend(DIALECT, { ...settings, port: "" }), false);
});
