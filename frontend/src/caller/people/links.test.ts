import assert from "node:assert/strict";
import { test } from "node:test";
import { mapAddress, webAddress } from "./links.ts";

test("web sites are led to however they are written, and nothing else is", () => {
  assert.equal(webAddress(" www.girard.example/a "), "https://www.girard.example/a");
  assert.equal(webAddress("http://girard.example"), "http://girard.example/");
  assert.equal(webAddress("girard.example:8080"), "https://girard.example:8080/");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "", "a b"]) {
    assert.equal(webAddress(text), null, text);
  }
});

test("an address leads to its map, as one text of the address", () => {
  const service = "https://maps.example/search?q={0}";
  assert.equal(
    mapAddress(service, "1 rue de l’Été & fils\n06000 Nice"),
    "https://maps.example/search?q=1%20rue%20de%20l%E2%80%99%C3%89t%C3%A9%20%26%20fils%2006000%20Nice",
  );
  assert.equal(mapAddress(service, "$&{0}"), "https://maps.example/search?q=%24%26%7B0%7D");
  assert.equal(mapAddress(null, "Nice"), null);
  assert.equal(mapAddress("javascript:{0}", "Nice"), null);
});
