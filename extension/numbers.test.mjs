import assert from "node:assert/strict";
import { test } from "node:test";
import "./numbers.js";

const { found, marked } = globalThis.twsNumbers;
const numbers = (text) => found(text).map((each) => each.number);

test("numbers as pages write them", () => {
  const read = {
    "Tel. 01 55 17 18 89.": ["0155171889"],
    "01.55.17.18.89 ou 06-12-34-56-78": ["0155171889", "0612345678"],
    "(0155171889)": ["0155171889"],
    "+33 1 55 17 18 89": ["+33155171889"],
    "+33 (0)1 55 17 18 89, Paris": ["+33155171889"],
    "+1 (212) 555-0123 today": ["+12125550123"],
    "+49 30/1234567": ["+49301234567"],
    "01 55 17 18 89 / +44 20 7946 0958": ["0155171889", "+442079460958"],
  };
  for (const [text, wanted] of Object.entries(read)) assert.deepEqual(numbers(text), wanted, text);
});

test("what is none is left alone", () => {
  const others = [
    "2026-11-30 09:12:04",
    "30.11.2026",
    "Total: 0123456789.50",
    "0123456789 €".replace(" ", ""),
    "FR76 3000 6000 0112 3456 7890 189",
    "SIRET 01234567890123",
    "v+12",
    "10.0.0.1",
    "id=0155171889",
    "ref_0155171889",
    "01 55.17 18-89",
    "x0155171889",
  ];
  for (const text of others) assert.deepEqual(numbers(text), [], text);
});

test("where it stands is what it is", () => {
  const text = "Call 01 55 17 18 89 now";
  const [one] = found(text);
  assert.equal(text.slice(one.start, one.end), "01 55 17 18 89");
});

test("what is marked is given as it is, where it has a digit", () => {
  assert.equal(marked("  4092 "), "4092");
  assert.equal(marked("Tel: +33 1 55 17 18 89"), "+33155171889");
  assert.equal(marked("Paul Martin"), null);
});

test("a long text is read in no time", () => {
  const begun = process.cpuUsage().user;
  found(`+${"1 ".repeat(50_000)}${"0".repeat(50_000)}${"01 ".repeat(30_000)}`);
  assert.ok(process.cpuUsage().user - begun < 2_000_000);
});
