import assert from "node:assert/strict";
import { test } from "node:test";
import type { QueueState } from "../../shared/api/types.ts";
import { inOrder } from "./queue.ts";

const queue = (name: string, ...since: string[]) =>
  ({ name, waiting: since.map((one) => ({ since: one })) }) as unknown as QueueState;

test("who has waited longest is on top, quiet queues come last by name", () => {
  const queues = [
    queue("Workshop"),
    queue("Sales", "2026-11-30T09:02:00Z"),
    queue("After-sales"),
    queue("Reception", "2026-11-30T09:01:00Z", "2026-11-30T09:03:00Z"),
  ];
  assert.deepEqual(
    inOrder(queues).map((one) => one.name),
    ["Reception", "Sales", "After-sales", "Workshop"],
  );
});
