import assert from "node:assert/strict";
import { test } from "node:test";
import "./places.js";

const { originOf, patternOf } = globalThis.twsPlaces;

test("an address as people write it", () => {
  assert.equal(originOf(" tws.company.example/x?y "), "https://tws.company.example");
  assert.equal(originOf("HTTP://tws.company.example:8080"), "http://tws.company.example:8080");
  for (const none of ["", "https://", "a b", "user@tws.company.example", "ftp://x:y", undefined, 7])
    assert.equal(originOf(none), null, String(none));
});

test("a pattern has no port", () => {
  assert.equal(patternOf("https://tws.company.example:8443"), "https://tws.company.example/*");
  assert.equal(patternOf("http://[::1]:8080"), "http://[::1]/*");
});
