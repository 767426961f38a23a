import assert from "node:assert/strict";
import { test } from "node:test";
import { delay } from "./backoff.ts";

test("pages return to a restarted server spread over five seconds", () => {
  assert.equal(delay(0, 1012, 0), 0);
  assert.equal(delay(0, 1012, 0.5), 2_500);
  assert.ok(delay(0, 1006, 0.999) < 5_000);
});

test("a socket that we closed is opened again at once", () => {
  assert.equal(delay(0, null, 0.9), 0);
});

test("failed attempts come ever more slowly, never more than 30 s apart", () => {
  for (let attempt = 1; attempt < 40; attempt++) {
    const shortest = delay(attempt, 1006, 0);
    const longest = delay(attempt, 1006, 0.999);
    assert.ok(shortest >= 500 && longest <= 30_000 && shortest < longest);
  }
});
