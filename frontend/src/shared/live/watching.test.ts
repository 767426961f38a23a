import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Watching } from "./watching.ts";

test("what several parts show is told once, when it rests, and only when it is other", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const told: string[][] = [];
  const watching = new Watching((users) => told.push(users));
  const list = watching.watch(["a", "b"]);
  const card = watching.watch(["b"]);
  assert.deepEqual(told, []);
  mock.timers.tick(100);
  assert.deepEqual(told, [["a", "b"]]);
  list();
  watching.watch(["b"])();
  mock.timers.tick(100);
  assert.deepEqual(told, [["a", "b"], ["b"]]);
  watching.watch(["b"]);
  mock.timers.tick(100);
  assert.equal(told.length, 2);
  card();
  mock.timers.tick(100);
  assert.deepEqual(watching.now(), ["b"]);
  assert.equal(told.length, 2);
  mock.timers.reset();
});

test("no more are watched than the server takes", () => {
  const watching = new Watching(() => {});
  watching.watch(Array.from({ length: 1500 }, (_, n) => `user ${n}`));
  assert.equal(watching.now().length, 1000);
});
