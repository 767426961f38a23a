import assert from "node:assert/strict";
import { test } from "node:test";
import type { Device, Forwarding } from "../../shared/api/types.ts";
import { foremost, lines, origins, patience, permitted } from "./forwarding.ts";

function device(types: string[], active: string[]): Device {
  const split = (text: string) => text.split(" ") as [Forwarding["type"], Forwarding["origin"]];
  return {
    forwardingTypes: types.map(split).map(([type, origin]) => ({ type, origin })),
    forwardings: active.map(split).map(([type, origin]) => ({
      type,
      origin,
      active: true,
      destination: "4002",
      display: "4002",
      ringCount: null,
      ringDuration: null,
    })),
  } as unknown as Device;
}

test("a type that is free has one line, whatever its origins", () => {
  const found = lines(device(["immediate all", "immediate external", "busy all"], []));
  assert.deepEqual(
    found.map((line) => [line.type, line.origin, line.set]),
    [
      ["immediate", "all", null],
      ["busy", "all", null],
    ],
  );
});

test("each active forwarding has its line", () => {
  const found = lines(
    device(
      ["immediate all", "immediate internal", "immediate external"],
      ["immediate internal", "immediate external"],
    ),
  );
  assert.deepEqual(
    found.map((line) => line.origin),
    ["internal", "external"],
  );
});

test("what the PBX does not offer is not there", () => {
  const bare = device(["noAnswer all"], []);
  assert.deepEqual(
    lines(bare).map((line) => line.type),
    ["noAnswer"],
  );
  assert.deepEqual(origins(bare, "busy"), []);
});

test("how long it rings first is said of no answer only, in seconds where they are known", () => {
  const set = (type: Forwarding["type"], ringDuration: number | null, ringCount: number | null) =>
    patience({ type, origin: "all", active: true, destination: "4002", display: "4002", ringCount, ringDuration });
  assert.deepEqual(set("noAnswer", 20, 4), { wait: 20, rings: 4 });
  assert.deepEqual(set("noAnswer", 12, null), { wait: 12, rings: null });
  assert.equal(set("noAnswer", null, null), null);
  assert.equal(set("busy", 20, 4), null);
});

test("what one may not set is not offered, and what is set is shown all the same", () => {
  const given = device(["immediate all", "immediate external", "busy all"], ["immediate external"]);
  const choices = { change: true, origins: ["all"], presences: [], types: ["immediate"] };
  const offered = permitted(given, choices as unknown as Parameters<typeof permitted>[1]);
  assert.deepEqual(offered.forwardingTypes, [{ type: "immediate", origin: "all" }]);
  assert.deepEqual(
    lines(offered).map((line) => [line.type, line.origin]),
    [["immediate", "external"]],
  );
  assert.deepEqual(permitted(given, undefined), given);
});

test("the mark tells the forwarding that takes most calls away", () => {
  const both = device([], ["busy all", "immediate external"]);
  assert.equal(foremost(both)?.type, "immediate");
  assert.equal(foremost(device([], ["busy all", "noAnswer all"]))?.type, "noAnswer");
  assert.equal(foremost(device(["busy all"], [])), undefined);
});
