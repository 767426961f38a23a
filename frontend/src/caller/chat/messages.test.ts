import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, inOrder, isPicture, lastRead, type Message, pieces } from "./messages.ts";

function message(id: string, sender = "me", sent = "2026-11-30T10:00:00Z"): Message {
  const recipient = sender === "me" ? "other" : "me";
  return { id, sender, recipient, sent, text: id, file: null, kept: true, key: null, delivery: null };
}

test("addresses of the web are links, and nothing else is", () => {
  const found = pieces("See https://a.example/x?y=(1), or (http://b.example). javascript:alert(1)");
  assert.deepEqual(
    found.filter((one) => one.href !== null).map((one) => one.href),
    ["https://a.example/x?y=(1)", "http://b.example"],
  );
  assert.equal(found.map((one) => one.text).join(""), "See https://a.example/x?y=(1), or (http://b.example). javascript:alert(1)");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "<a href='x'>x</a>", "", "https://"]) {
    assert.deepEqual(pieces(text), text ? [{ text, href: null }] : []);
  }
});

test("a message that comes twice is shown once, in its place", () => {
  const [a, b, c] = [message("1"), message("2"), message("3")];
  assert.deepEqual(inOrder([c, a], [b, a]), [a, b, c]);
});

test("days are those of the zone", () => {
  const late = message("1", "me", "2026-11-29T23:30:00Z");
  const early = message("2", "me", "2026-11-30T00:30:00Z");
  assert.equal(byDay([late, early], "UTC").length, 2);
  assert.equal(byDay([late, early], "Europe/Paris").length, 1);
});

test("what the other has read", () => {
  const all = [message("1"), message("2", "other"), message("3"), message("4")];
  assert.equal(lastRead(all, "me", "3"), "3");
  assert.equal(lastRead(all, "me", "2"), "1");
  assert.equal(lastRead(all, "me", "0"), null);
});

test("pictures are what the server says is one", () => {
  assert.ok(isPicture("image/png"));
  assert.ok(!isPicture("image/svg+xml"));
});
