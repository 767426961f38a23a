import assert from "node:assert/strict";
import { test } from "node:test";
import type { Call } from "../../shared/api/types.ts";
import { lifeBegan, ringsThere, rows } from "./group.ts";

function call(connection: string, more: Partial<Call>): Call {
  return {
    connection,
    thread: connection,
    device: "d1",
    callId: connection,
    state: "connected",
    direction: "outgoing",
    created: "2026-01-05T09:00:00Z",
    since: "2026-01-05T09:00:00Z",
    alerted: null,
    answered: null,
    late: false,
    conference: false,
    failure: null,
    queue: null,
    via: null,
    parties: [],
    operations: [],
    ...more,
  };
}

test("a ringing call is on top, whatever else goes on", () => {
  const found = rows([
    call("talking", {}),
    call("new", { state: "alerting", direction: "incoming", created: "2026-01-05T09:05:00Z" }),
  ]);
  assert.deepEqual(
    found.map((row) => row.kind),
    ["ringing", "single"],
  );
});

test("one's own phone ringing to be lifted is not an incoming call", () => {
  assert.equal(rows([call("a", { state: "alerting", direction: "outgoing" })])[0]?.kind, "single");
});

test("a consultation joins the active call and the call held last", () => {
  const found = rows([
    call("old", { state: "hold", since: "2026-01-05T08:00:00Z" }),
    call("held", { state: "hold", since: "2026-01-05T09:01:00Z" }),
    call("active", { operations: ["transferCall"], created: "2026-01-05T09:02:00Z" }),
  ]);
  assert.deepEqual(
    found.map((row) =>
      row.kind === "consultation"
        ? [row.active.connection, row.held.connection]
        : row.call.connection,
    ),
    [["active", "held"], "old"],
  );
});

test("calls of two devices are not joined", () => {
  const found = rows([
    call("held", { state: "hold", device: "d2" }),
    call("active", { operations: ["transferCall"] }),
  ]);
  assert.equal(
    found.every((row) => row.kind === "single"),
    true,
  );
});

test("a held call and an active one that cannot be joined stay apart", () => {
  const found = rows([call("held", { state: "hold" }), call("active", {})]);
  assert.deepEqual(
    found.map((row) => row.kind === "single" && row.call.connection),
    ["active", "held"],
  );
});

test("the far end rings until somebody answers", () => {
  const party = {
    number: "4002",
    display: "4002",
    name: null,
    company: null,
    contact: null,
    restricted: false,
  };
  assert.equal(ringsThere(call("a", { parties: [{ ...party, state: "alerting" }] })), true);
  assert.equal(ringsThere(call("a", { parties: [{ ...party, state: "connected" }] })), false);
  assert.equal(ringsThere(call("a", {})), false);
});

test("a held call counts from when it was held, a conversation from its answer", () => {
  const answered = "2026-01-05T09:00:10Z";
  assert.equal(lifeBegan(call("a", { answered })), answered);
  assert.equal(
    lifeBegan(call("a", { answered, state: "hold", since: "2026-01-05T09:03:00Z" })),
    "2026-01-05T09:03:00Z",
  );
});
