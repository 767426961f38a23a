import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../shared/api/problem.ts";
import { turned } from "./choice.ts";
import { runOver } from "./running.ts";

const ROWS = ["a", "b", "c", "d"].map((id) => ({ id }));
const refused = (code: string) => new ApiError({ status: 409, code, detail: code });

test("one is turned, or all from the one before to it", () => {
  assert.deepEqual([...turned(new Set(), ROWS, "b", true)], ["b"]);
  assert.deepEqual([...turned(new Set(["b"]), ROWS, "d", true, "b")], ["b", "c", "d"]);
  assert.deepEqual([...turned(new Set(["a", "b", "c"]), ROWS, "a", false, "b")], ["c"]);
  assert.deepEqual([...turned(new Set(), ROWS, "d", true, "filtered out")], ["d"]);
});

test("what is refused for one row is told of it, and the others go on", async () => {
  const seen: number[] = [];
  const run = async ([row]: { id: string }[]) => {
    if (row?.id === "b") throw refused("conflict");
  };
  const { done, failed, left } = await runOver(ROWS, { run }, new AbortController().signal, (n) =>
    seen.push(n),
  );
  assert.deepEqual(done.map((row) => row.id), ["a", "c", "d"]);
  assert.deepEqual(failed.map(({ row, problem }) => [row.id, problem.code]), [["b", "conflict"]]);
  assert.deepEqual(left, []);
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test("a stop leaves the others as they are", async () => {
  const stop = new AbortController();
  const run = async () => stop.abort();
  const { done, left } = await runOver(ROWS, { size: 3, run }, stop.signal, () => {});
  assert.deepEqual([done.length, left.length], [3, 1]);
});

test("where the server is away nothing more is tried", async () => {
  const run = async () => {
    throw refused("unavailable");
  };
  const { failed, left } = await runOver(ROWS, { run }, new AbortController().signal, () => {});
  assert.deepEqual([failed.length, left.length], [1, 3]);
});
