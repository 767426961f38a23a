import assert from "node:assert/strict";
import { test } from "node:test";
import { size } from "./size.ts";

test("bytes are said in the largest unit that fits", () => {
  const plain = (text: string) => text.replace(/\s/g, " ");
  assert.equal(plain(size(999, "en")), "999 byte");
  assert.equal(plain(size(1500, "en")), "1.5 kB");
  assert.equal(plain(size(12_345_678, "fr")), "12 Mo");
  assert.equal(plain(size(5e15, "en")), "5,000 TB");
});
