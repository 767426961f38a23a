import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, print } from "./address.ts";

test("an address says the page, the place, the row and the filters", () => {
  const text = "?page=users&company=c1&domain=d1&edit=u1&q=dur";
  const address = parse(text);
  assert.deepEqual(address, {
    page: "users",
    company: "c1",
    domain: "d1",
    edit: "u1",
    filters: { q: "dur" },
  });
  assert.equal(print(address), text);
});

test("what is not known or empty falls back", () => {
  assert.equal(parse("?page=nonsense").page, "linkStates");
  assert.equal(parse("").edit, null);
  assert.equal(print(parse("?page=users&q=")), "?page=users");
});
