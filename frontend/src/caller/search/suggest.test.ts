import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contact, Match } from "../../shared/api/types.ts";
import { othersOf } from "./also.ts";
import { cardsOnly, isNumber, suggestions } from "./suggest.ts";

function contact(id: string, ...numbers: string[]): Contact {
  return {
    id,
    version: 1,
    source: "public",
    user: null,
    displayName: id,
    firstName: "",
    lastName: id,
    company: "",
    companyAddress: false,
    email: "",
    emails: [],
    numbers: numbers.map((number) => ({
      kind: "work",
      number,
      display: number,
      extension: "",
      red: number === "",
    })),
    website: "",
    fields: [],
    vip: null,
    photo: null,
    directory: null,
    editable: true,
    parts: 1,
    near: false,
  origins: {},
  };
}

function match(contact: Contact, number: string): Match {
  const name = contact.displayName;
  return { name, company: null, kind: "work", number, how: "internal", contact, others: [] };
}

test("who looks is meant last", () => {
  const [anna, me] = [contact("anna", "4002"), { ...contact("me", "4001"), user: "u1" }];
  const lines = suggestions("a", [me, anna], null, null, [], "u1");
  assert.deepEqual(lines.map((line) => line.name), ["anna", "me"]);
});

test("numbers are recognised in any form people paste", () => {
  for (const text of [
    "4002",
    "01 55 17 18 89",
    "+33 (0)1.55.17.18.89",
    "tel:+33155171889",
    "*21#",
    "0155171889 poste 12",
    "01 55 17 18 89 ext. 12",
    "0155171889x12",
    "0155171889, poste 12",
    "01/55/17/18/89",
    "01 55 17 18 89 / 01 55 17 18 90",
    "4001 ou 4002",
    "4001; 4002",
  ]) {
    assert.equal(isNumber(text), true, text);
  }
  for (const text of ["01.44.11.70.05 (poste 3)", "01 44 11 70 05 p 3", "01 44 11 70 05 poste n° 3"]) {
    assert.equal(isNumber(text), true, text);
  }
  for (const text of ["", "  ", "Alice", "4002 p", "(poste 3)", "a4002", "4002 Alice", "Alice, 4002", "poste", "/", "+"]) {
    assert.equal(isNumber(text), false, text);
  }
});

test("of several numbers each is a line of its own, with who has it", () => {
  const text = "4001 / 4002";
  const found = { match: null, dials: null, tooLong: false, several: ["4001", "4002"] };
  const alice = { match: match(contact("Alice", "4001"), "4001"), dials: "4001", tooLong: false, several: [] };
  const lines = suggestions(text, [], found, null, [alice, null]);
  assert.deepEqual(
    lines.map((line) => [line.number, line.name, line.dials, line.typed]),
    [
      ["4001", "Alice", "4001", true],
      ["4002", null, null, true],
    ],
  );
  assert.equal(new Set(lines.map((line) => line.key)).size, 2);
  assert.deepEqual(suggestions(text, [], null, null), []);
});

test("a typed number comes first, with who has it", () => {
  const alice = contact("Alice", "4001", "06 01");
  const found = { match: match(alice, "4001"), dials: "4001", tooLong: false, several: [] };
  const lines = suggestions("4001", [alice], found, null);
  assert.deepEqual(
    lines.map((line) => [line.key, line.name]),
    [
      ["typed", "Alice"],
      ["Alice/0", "Alice"],
    ],
  );
  assert.equal(lines[0]?.dials, "4001");
});

test("more digits than any number has are pointed out", () => {
  const [line] = suggestions("1".repeat(21), [], { match: null, dials: "1".repeat(21), tooLong: true, several: [] }, null);
  assert.equal(line?.tooLong, true);
});

test("who else has a typed number is said, and why the first is named", () => {
  const alice = { ...match(contact("Alice", "4001"), "4001"), how: "e164" as const };
  const next = { ...match(contact("Bob", "4001"), "4001"), how: "e164" as const };
  const also = (first: Match, other: Match) =>
    suggestions("4001", [], { match: { ...first, others: [other] }, dials: "4001", tooLong: false, several: [] }, null)[0]?.also;
  assert.deepEqual(also(alice, next), { names: ["Bob"], because: "name" });
  assert.equal(also(alice, { ...next, how: "lastDigits" })?.because, "exact");
  assert.equal(also(alice, { ...next, kind: "standard", how: "lastDigits" })?.because, "own");
  const elsewhere = { ...next.contact, directory: "other" };
  assert.equal(also(alice, { ...next, contact: elsewhere })?.because, "directory");
  assert.equal(suggestions("4001", [], { match: alice, dials: "4001", tooLong: false, several: [] }, null)[0]?.also, null);
});

test("a card says who else has its number, and who is shown when it calls", () => {
  const first = match(contact("Alice", "4001"), "4001");
  const found = { ...first, others: [match(contact("Bob", "4001"), "4001")] };
  assert.deepEqual(othersOf(found, "Alice"), { names: ["Bob"], named: null });
  assert.deepEqual(othersOf(found, "Bob"), { names: ["Alice"], named: "Alice" });
  assert.equal(othersOf(first, "Alice"), null);
  assert.equal(othersOf(found, "Carol"), null);
  assert.equal(othersOf(null, "Alice"), null);
});

test("who has only the typed number is not listed twice", () => {
  const bob = contact("Bob", "4002");
  assert.equal(suggestions("4002", [bob], { match: match(bob, "4002"), dials: "4002", tooLong: false, several: [] }, null).length, 1);
});

test("each contact has one line until its numbers are asked for", () => {
  const contacts = [contact("Alice", "4001", "06 01"), contact("Bob", "4002")];
  const keys = (open: string | null) =>
    suggestions("b", contacts, null, open).map((line) => line.key);
  assert.deepEqual(keys(null), ["Alice/0", "Bob/0"]);
  assert.deepEqual(keys("Alice"), ["Alice/0", "Alice/1", "Bob/0"]);
});

test("a contact without a number cannot be called", () => {
  assert.deepEqual(suggestions("c", [contact("Chloé")], null, null), []);
});

test("a hidden number is not called: another is, or the card is all there is", () => {
  const [line] = suggestions("a", [contact("Alice", "", "06 01")], null, null);
  assert.deepEqual([line?.number, line?.others], ["06 01", 0]);
  const opened = suggestions("b", [contact("Bob", "", "4002", "06 02")], null, "Bob");
  assert.deepEqual(
    opened.map((each) => each.number),
    ["4002", "06 02"],
  );
  const [only] = suggestions("c", [contact("Chloé", "")], null, null);
  assert.deepEqual([only?.number, only?.others], ["", 0]);
});

test("where nothing is dialled there is one line for each card, and none for a bare number", () => {
  const alice = contact("Alice", "4001", "06 01");
  const typed = suggestions("4002", [alice], { match: null, dials: "4002", tooLong: false, several: [] }, "Alice");
  assert.deepEqual(
    cardsOnly(typed).map((line) => [line.key, line.others, line.dials]),
    [["Alice/0", 0, null]],
  );
  const known = suggestions("4001", [], { match: match(alice, "4001"), dials: "4001", tooLong: false, several: [] }, null);
  assert.deepEqual(
    cardsOnly(known).map((line) => [line.contact?.id, line.dials]),
    [["Alice", null]],
  );
});
