import assert from "node:assert/strict";
import { test } from "node:test";
import { askedBy } from "./link.ts";

test("links as RFC 3966 has them, and as pages write them", () => {
  const read: Record<string, string | null> = {
    "tel:+33155171889": "+33155171889",
    "tel:+33-1-55.17.18(89)": "+33155171889",
    "TEL:%2B33%201%2055%2017%2018%2089": "+33155171889",
    "tel://+33155171889": "+33155171889",
    "tel:+33155171889;ext=4092": "+33155171889 ext 4092",
    "tel:+33155171889;EXT=40-92;isub=1": "+33155171889 ext 4092",
    "tel:+33155171889;ext=boss": "+33155171889",
    "tel:4092;phone-context=ssdei.example": "4092",
    "tel:7042;phone-context=+33-1": "7042",
    "tel:*21*4092#;phone-context=ssdei.example": "*21*4092#",
    "callto:+33155171889": "+33155171889",
    "callto://+33155171889+type=phone": "+33155171889+type=phone",
    "sip:+33155171889@ssdei.example;user=phone": "+33155171889",
    "sips:4092;ext=1@ssdei.example?subject=x": "4092 ext 1",
    "sip:paul.martin@ssdei.example": "paul.martin",
    "+33 1 55 17 18 89": "+33155171889",
    "tel:%zz4092": "%zz4092",
    "tel:": null,
    "": null,
  };
  for (const [link, number] of Object.entries(read)) assert.equal(askedBy(link), number, link);
});

/** Small, and the same at each run. */
function* numbers(seed: number): Generator<number> {
  for (let n = seed; ; n = (n * 1_103_515_245 + 12_345) % 2_147_483_648) yield n;
}

test("whatever separators stand between the digits, the digits are what is called", () => {
  const random = numbers(7);
  const next = (below: number) => Math.floor(((random.next().value as number) / 2_147_483_648) * below);
  for (let round = 0; round < 2_000; round += 1) {
    const digits = Array.from({ length: 1 + next(15) }, () => String(next(10)));
    const plus = next(2) ? "+" : "";
    const written = digits.map((digit) => digit + ["", "", "-", ".", " ", "%20", ")"][next(7)]).join("");
    const extension = next(3) ? "" : String(next(9_999));
    const link = `tel:${plus}${written}${extension && `;ext=${extension}`}`;
    const wanted = plus + digits.join("") + (extension && ` ext ${extension}`);
    assert.equal(askedBy(link), wanted, link);
  }
});

test("nothing that a page writes there is too much", () => {
  assert.ok((askedBy(`tel:${"9".repeat(10_000)}`) ?? "").length <= 200);
});
