import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "./frames.ts";
import { type LiveState, reduce, START } from "./reducer.ts";

const TIME = "2026-01-05T09:00:00Z";
const SNAPSHOT: Frame = {
  type: "snapshot",
  stream: "s1",
  n: 0,
  time: TIME,
  state: { me: { id: "u" }, "call/a": { state: "alerting" } },
};

function after(frames: Frame[], from: LiveState = START): LiveState {
  return frames.reduce((state, frame) => reduce(state, { type: "frame", frame, at: 0 }), from);
}

test("a snapshot replaces everything and makes the page live", () => {
  const state = after([SNAPSHOT]);
  assert.equal(state.phase, "live");
  assert.deepEqual(Object.keys(state.values), ["me", "call/a"]);
  assert.equal(state.skew, Date.parse(TIME));
});

test("changes set and remove keys, in order", () => {
  const state = after([
    SNAPSHOT,
    { type: "change", n: 1, set: { "call/b": { state: "connected" } } },
    { type: "change", n: 2, set: { "call/b": { state: "hold" } }, gone: ["call/a"] },
  ]);
  assert.deepEqual(state.values["call/b"], { state: "hold" });
  assert.equal("call/a" in state.values, false);
  assert.equal(state.n, 2);
});

test("a repeated frame changes nothing", () => {
  const once = after([SNAPSHOT, { type: "change", n: 1, gone: ["call/a"] }]);
  const twice = after([{ type: "change", n: 1, set: { "call/a": {} } }], once);
  assert.equal("call/a" in twice.values, false);
});

test("a gap asks for a new snapshot instead of showing half of the truth", () => {
  const state = after([SNAPSHOT, { type: "change", n: 2, gone: ["call/a"] }]);
  assert.equal(state.broken, true);
  assert.equal(state.stream, null);
  assert.equal("call/a" in state.values, true);
  assert.equal(after([SNAPSHOT], state).broken, false);
});

test("a moment counts like any frame", () => {
  const state = after([SNAPSHOT, { type: "moment", n: 1, moment: { kind: "log" } }]);
  assert.equal(state.n, 1);
});

test("what was known stays while the connection is lost, and resumes", () => {
  const lost = reduce(after([SNAPSHOT]), { type: "lost" });
  assert.equal(lost.phase, "lost");
  assert.equal("call/a" in lost.values, true);
  const back = after(
    [
      { type: "resumed", stream: "s1", n: 0 },
      { type: "change", n: 1, gone: ["call/a"] },
    ],
    lost,
  );
  assert.equal(back.phase, "live");
  assert.equal("call/a" in back.values, false);
});

test("signing out forgets everything", () => {
  const state = reduce(after([SNAPSHOT]), { type: "signedOut" });
  assert.deepEqual(state.values, {});
  assert.equal(state.phase, "signedOut");
});

test("frames of a newer server are ignored", () => {
  const state = after([SNAPSHOT, { type: "novelty", n: 9 } as unknown as Frame]);
  assert.equal(state.broken, false);
  assert.equal(state.n, 0);
});
