import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../../shared/api/notes.ts";
import { isNew, items, latest } from "./items.ts";
import { entry } from "./entries.ts";

function note(more: Partial<Note>): Note {
  return {
    id: "n1",
    version: 1,
    text: "Bring the plans.",
    public: false,
    created: "2026-01-05T09:05:00Z",
    author: "Marie",
    mine: true,
    call: null,
    thread: null,
    contact: null,
    number: "",
    display: "",
    name: "",
    ...more,
  };
}

const missed = entry({ id: "l1", thread: "t1", outcome: "missed" });
const later = entry({ id: "l2", thread: "t2", started: "2026-01-05T10:00:00Z" });
const voice = { id: "v1", device: "d1", at: "2026-01-05T09:30:00Z", heard: null };

test("a note about a call stands under it, a colleague's by the thread; another for itself", () => {
  const under = note({ id: "n1", call: "l1", thread: "t1" });
  const theirs = note({ id: "n2", call: "other leg", thread: "t1", mine: false });
  const free = note({ id: "n3", created: "2026-01-05T09:45:00Z" });
  const gone = note({ id: "n4", call: "l0", thread: "t0", created: "2026-01-05T08:00:00Z" });
  const all = items([later, missed], [free, theirs, under, gone], [voice]);
  assert.deepEqual(
    all.map((item) => item.id),
    ["l2", "n3", "v1", "l1", "n4"],
  );
  const call = all.find((item) => item.id === "l1");
  assert.ok(call?.what === "call");
  assert.deepEqual(call.notes, [theirs, under]);
});

test("new is what one has missed, and what others say and send, since one looked", () => {
  const theirs = note({ call: "l2", thread: "t2", mine: false });
  const all = items([later, missed], [theirs, note({ id: "n9" })], [voice]);
  const fresh = (seen: string | null) =>
    all.filter((item) => isNew(item, seen)).map((item) => item.id);
  assert.deepEqual(fresh(null), ["l2", "v1", "l1"]);
  assert.deepEqual(fresh("2026-01-05T09:02:00Z"), ["l2", "v1"]);
  assert.deepEqual(fresh("2026-01-05T09:10:00Z"), ["v1"]);
  assert.deepEqual(fresh(latest(all)), []);
});
