import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../shared/api/problem.ts";
import { Desk } from "./desk.ts";

type Sent = { operation: string; device: string; told: unknown; key: string };

function desk(answer: () => Promise<unknown> = async () => null) {
  const sent: Sent[] = [];
  const clock = { now: 0 };
  const made = new Desk(
    async (operation, device, told, key) => {
      sent.push({ operation, device, told, key });
      return answer();
    },
    () => clock.now,
  );
  return { made, sent, clock };
}

const DIAL = ["dial", "makeCall", "d1", { called: "4002" }] as const;

test("a second press while the first is under way is not sent", async () => {
  const { made, sent } = desk();
  await Promise.all([made.give(...DIAL), made.give(...DIAL)]);
  assert.equal(sent.length, 1);
});

test("a double click whose second half comes after the answer dials once", async () => {
  const { made, sent, clock } = desk();
  await made.give(...DIAL);
  clock.now = 300;
  assert.deepEqual(await made.give(...DIAL), { done: false });
  clock.now = 2_000;
  await made.give(...DIAL);
  assert.equal(sent.length, 2);
  assert.notEqual(sent[0]?.key, sent[1]?.key);
});

test("another number right after is another gesture", async () => {
  const { made, sent } = desk();
  await made.give(...DIAL);
  await made.give("dial", "makeCall", "d1", { called: "4003" });
  assert.equal(sent.length, 2);
});

test("a refusal stays at its spot until it is forgiven, and may be tried again at once", async () => {
  const refusal = new ApiError({ status: 409, code: "refused", detail: "", cause: "busy" });
  const { made, sent } = desk(() => Promise.reject(refusal));
  await made.give(...DIAL);
  assert.equal(made.spot("dial").problem?.cause, "busy");
  assert.equal(made.spot("other").problem, null);
  await made.give(...DIAL);
  assert.equal(sent.length, 2);
  made.forgive("dial");
  assert.equal(made.spot("dial").problem, null);
});

test("spots of ended calls are dropped", async () => {
  const { made } = desk(() => Promise.reject(new TypeError("network")));
  await made.give("call-1", "holdCall", "d1", { connection: "call-1" });
  assert.equal(made.spot("call-1").problem?.code, "unreachable");
  made.keep(() => false);
  assert.equal(made.spot("call-1").problem, null);
});
