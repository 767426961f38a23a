import assert from "node:assert/strict";
import { test } from "node:test";
import type { TFunction } from "i18next";
import type { Effect, RuleEffectValue } from "../../shared/api/types.generated.ts";
import { effectWords, isAlways, moved, PRESENCES, SAID, toWords, whenWords } from "./sentence.ts";

const t = ((name: string, filled?: Record<string, unknown>) =>
  [name.split(".").slice(2).join("."), ...Object.values(filled ?? {})].join(" ")) as unknown as TFunction;

function effects(...each: [string, Effect][]): RuleEffectValue[] {
  return each.map(([number, effect]) => ({
    device: number,
    number,
    effect,
    cause: null,
    reason: null,
  }));
}

test("a rule is a plain sentence, in the order of presences whatever theirs is", () => {
  const rule = { origin: "external", presences: ["absent", "online"], type: "noAnswer" } as const;
  assert.equal(
    whenWords(t, rule, 20),
    "origin.external, presence.onlineor presence.absent".replace("or ", "or") +
      ", type.noAnswer 20",
  );
  assert.equal(
    whenWords(t, { ...rule, presences: PRESENCES, type: "noAnswer" }, null),
    "origin.external, bare",
  );
});

test("all four that people say are always; the calendar adds nothing to it", () => {
  assert.ok(isAlways(SAID));
  assert.ok(isAlways(PRESENCES));
  assert.ok(!isAlways(["online", "calendar"]));
});

test("a colleague is called by name", () => {
  assert.equal(toWords({ display: "4002", name: "Bob" }), "Bob (4002)");
  assert.equal(toWords({ display: "01 55 17 18 89", name: null }), "01 55 17 18 89");
});

test("what goes well is not said, and of several telephones what each does", () => {
  assert.deepEqual(effectWords(t, effects(["4001", "inForce"])), []);
  assert.deepEqual(effectWords(t, effects(["4001", "taken"], ["4002", "taken"])), [
    "effect.taken",
  ]);
  assert.deepEqual(effectWords(t, effects(["4001", "inForce"], ["4002", "itself"])), [
    "on 4002 effect.itself",
  ]);
});

test("one is moved to another place", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 7, 0), ["a", "b", "c"]);
});
