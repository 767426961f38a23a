import assert from "node:assert/strict";
import { before, test } from "node:test";
import i18next, { type TFunction } from "i18next";
import { en } from "../words/en.ts";
import { entry } from "./entries.ts";
import { folded } from "./log.ts";
import { logFigure, logNotes, logRang } from "./words.ts";

let t: TFunction;
before(async () => {
  t = await i18next.init({ lng: "en", resources: { en: { translation: en } } });
});

const answered = { answered: "2026-01-05T09:00:04Z", duration: 56 };

test("how long it rang is told of every call that rang", () => {
  const talked = entry({ ...answered, ringing: 4 });
  assert.deepEqual([logFigure(t, talked), logRang(t, talked)], ["00:56", "rang 4 s"]);
  for (const outcome of ["missed", "cancelled", "forwarded", "answeredElsewhere"] as const) {
    for (const direction of ["incoming", "outgoing"] as const) {
      assert.equal(logFigure(t, entry({ outcome, direction, ringing: 75 })), "rang 01:15");
    }
  }
});

test("nothing is told of a call that did not ring, or began unseen", () => {
  assert.equal(logRang(t, entry({ ...answered, ringing: 0 })), "");
  assert.equal(logRang(t, entry({ ...answered, ringing: 4, joinedLate: true })), "");
});

test("a forwarded and a transferred call are told apart", () => {
  const by = { number: "4003", name: "Marie", display: "4003" };
  const told = (cause: string) => logNotes(t, entry({ ...answered, via: { cause, by } }));
  assert.deepEqual(told("callForwardNoAnswer"), ["forwarded by Marie, no answer"]);
  assert.deepEqual(told("singleStepTransfer"), ["transferred by Marie"]);
  assert.deepEqual(told("callPickup"), ["picked up: Marie was called"]);
  assert.deepEqual(told("recall"), ["back from Marie"]);
});

test("who transferred it and took it back has transferred nothing", () => {
  const by = { number: "4003", name: "Marie", display: "4003" };
  const told = (cause: string) =>
    logNotes(t, entry({ ...answered, number: "4003", via: { cause, by } }));
  assert.deepEqual(told("singleStepTransfer"), []);
  assert.deepEqual(told("callForwardBusy"), ["forwarded by Marie, busy"]);
});

test("a call that was parked is one line, which says where it was left", () => {
  const place = { number: "7901", name: null, display: "7901" };
  const parked = { outcome: "transferred", cause: "park", other: place } as const;
  const back = { cause: "park", by: place };
  const first = entry({ id: "l1", ...answered, ...parked, ringing: 4, direction: "outgoing" });
  const second = entry({ id: "l2", ...answered, ...parked, via: back });
  const third = entry({ id: "l3", ...answered, via: back });
  const other = entry({ id: "l0", thread: "t0" });
  assert.deepEqual(logNotes(t, second), ["parked at 7901", "taken back from 7901"]);

  const [line, before] = folded([third, second, first, other]);
  assert.ok(line && before);
  assert.equal(before.id, "l0");
  assert.deepEqual([line.id, line.direction, line.duration], ["l3", "outgoing", 168]);
  assert.deepEqual(logNotes(t, line), ["parked 2 times, last at 7901, taken back"]);
  assert.deepEqual(
    folded([second, first]).map((each) => logNotes(t, each)),
    [["parked at 7901, taken back", "parked at 7901"]],
  );
  // Fetched by somebody else it is over for who parked it.
  assert.deepEqual(folded([first]).map((each) => logNotes(t, each)), [["parked at 7901"]]);
});

const STEP = "singleStepTransfer";
const MINE = { number: "4001", name: null, display: "4001" };
const DECT = { number: "4004", name: null, display: "4004" };
const HANDED = { ...answered, outcome: "transferred", cause: STEP } as const;

test("a call that went on at another of one's telephones is one line", () => {
  const ended = "2026-01-05T09:01:00Z";
  const here = entry({ id: "l1", ...HANDED, direction: "outgoing", ended, other: DECT });
  const there = { id: "l2", device: "d2", via: { cause: STEP, by: MINE }, started: ended };
  const [line, ...more] = folded([entry({ ...there, ...answered }), here]);
  assert.ok(line && more.length === 0);
  assert.deepEqual([line.direction, line.outcome, line.duration], ["outgoing", "answered", 112]);
  assert.deepEqual(logNotes(t, line), ["went on at 4004"]);
  // Not answered there it is not missed: one has talked.
  const [missed] = folded([entry({ ...there, outcome: "missed" }), here]);
  assert.deepEqual([missed?.outcome, missed?.duration], ["answered", 56]);
  // What a colleague hands back is another line.
  const back = entry({ ...there, ...answered, via: { cause: STEP, by: DECT } });
  assert.equal(folded([back, here]).length, 2);
  const later = entry({ ...there, ...answered, started: "2026-01-05T09:31:00Z" });
  assert.equal(folded([later, here]).length, 2);
});

test("what was taken back while it rang goes on in its line", () => {
  const colleague = { number: "4003", name: "Marie", display: "4003" };
  const first = entry({ id: "l1", ...HANDED, other: colleague });
  const back = { id: "l3", ...answered, started: "2026-01-05T09:01:09Z" };
  for (const cause of ["recall", "callPickup"]) {
    const own = entry({ ...back, via: { cause, by: colleague } });
    assert.deepEqual(folded([own, first]).map((line) => logNotes(t, line)), [
      ["handed on, taken back"],
    ]);
  }
  const mine = entry({ id: "l1", ...HANDED, other: DECT });
  const rang = entry({
    ...{ id: "l2", device: "d2", outcome: "answeredElsewhere", via: { cause: STEP, by: MINE } },
    ...{ started: "2026-01-05T09:01:00Z", ended: "2026-01-05T09:01:09Z", other: MINE },
  });
  const taken = entry({ ...back, via: { cause: "recall", by: DECT } });
  const lines = folded([taken, rang, mine]);
  assert.deepEqual(lines.map((line) => [line.id, line.duration]), [["l3", 112]]);
});
