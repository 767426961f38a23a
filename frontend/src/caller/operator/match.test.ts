import assert from "node:assert/strict";
import { test } from "node:test";
import type { ColleagueValue, PresenceValue } from "../../shared/api/types.generated.ts";
import { isMeant, isShown } from "./match.ts";

const zoe: ColleagueValue = {
  user: "1",
  displayName: "Zoé Dubois",
  firstName: "Zoé",
  lastName: "Dubois",
  number: "4102",
  display: "4102",
  domain: "Nice",
  photo: null,
};

test("a telephone is found by name, number or domain, without accents", () => {
  for (const text of ["zoe", "dub zo", "4102", "nice", ""]) assert.ok(isMeant(zoe, text), text);
  assert.ok(!isMeant(zoe, "paris"));
});

test("who is not known is not free", () => {
  const free = { state: "free" } as PresenceValue;
  const busy = { state: "busy" } as PresenceValue;
  assert.ok(isShown("free", free) && !isShown("taken", free));
  assert.ok(isShown("taken", busy) && !isShown("free", busy));
  assert.ok(isShown("taken", undefined) && !isShown("free", undefined));
  assert.ok(isShown("all", undefined));
});
