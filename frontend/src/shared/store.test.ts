import assert from "node:assert/strict";
import { test } from "node:test";
import { sameList, Store } from "./store.ts";

test("followers hear of another value, and not of the same", () => {
  const store = new Store(1);
  const heard: number[] = [];
  const leave = store.subscribe(() => heard.push(store.get()));
  store.set(1);
  store.set(2);
  leave();
  store.set(3);
  assert.deepEqual(heard, [2]);
});

test("two lists are the same by their elements and order", () => {
  const [a, b] = [{}, {}];
  assert.equal(sameList([a, b], [a, b]), true);
  assert.equal(sameList([a, b], [b, a]), false);
  assert.equal(sameList([a], [a, b]), false);
  assert.equal(sameList([a], [{}]), false);
});
