import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, guarded } from "./csv.ts";

const COLUMNS = [
  { label: "Nom, prénom", value: (row: { name: string }) => row.name },
  { label: "État", value: () => ({}), text: () => "Connecté" },
];

test("rows are lines of what their columns say, in the words of the page", () => {
  assert.equal(
    csv([{ name: "Zoé" }, { name: 'dit "le\nGrand"' }], COLUMNS),
    '\ufeff"Nom, prénom",État\r\nZoé,Connecté\r\n"dit ""le\nGrand""",Connecté\r\n',
  );
});

test("no cell is reckoned by a spreadsheet", () => {
  for (const begin of ["=1+1", "+33155", "-2", "@SUM(A1)", "\t=1", "'=1"])
    assert.equal(guarded(begin), `'${begin}`);
  assert.equal(guarded("Dupont;=1+1"), "Dupont;'=1+1");
  assert.equal(guarded("Dupont\n=1+1"), "Dupont\n'=1+1");
  assert.equal(guarded("4012"), "4012");
});
