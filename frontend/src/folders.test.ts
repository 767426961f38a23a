import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";

const ROOT = import.meta.dirname;
const IMPORTED = /(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"/g;

/** What each file imports of the others: modules, styles, and what is fetched later. */
const imports = readdirSync(ROOT, { recursive: true, encoding: "utf-8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.tsx?$/.test(name))
  .flatMap((name) =>
    [...readFileSync(join(ROOT, name), "utf-8").matchAll(IMPORTED)].map(([, path = ""]) => ({
      from: name,
      to: posix.join(posix.dirname(name), path),
    })),
  );

/** The folder of a page's part; a file that stands in no part is one by itself. */
function place(name: string): string {
  const parts = name.split("/");
  return parts.length < 3 ? name : parts.slice(0, 2).join("/");
}

/** A way that leads back to where it began, or none. */
function circle(ways: Map<string, Set<string>>): string[] | null {
  const done = new Set<string>();
  const walk = (at: string, way: string[]): string[] | null => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return null;
    for (const next of ways.get(at) ?? []) {
      const found = walk(next, [...way, at]);
      if (found) return found;
    }
    done.add(at);
    return null;
  };
  for (const start of ways.keys()) {
    const found = walk(start, []);
    if (found) return found;
  }
  return null;
}

function ways(of: (name: string) => string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    if (of(from) === of(to)) continue;
    found.set(of(from), (found.get(of(from)) ?? new Set()).add(of(to)));
  }
  return found;
}

test("no folder leans on another that leans on it", () => {
  assert.ok(imports.length > 1000);
  assert.equal(circle(ways(place))?.join(" -> ") ?? "", "");
});

test("no file leads back to itself", () => {
  assert.equal(circle(ways((name) => name))?.join(" -> ") ?? "", "");
});

test("the pages share what is shared, and nothing else", () => {
  const wrong = imports.filter(({ from, to }) => {
    const [page = ""] = from.split("/");
    const [other = ""] = to.split("/");
    // What looks at all of it stands above the pages.
    return from.includes("/") && page !== other && other !== "shared";
  });
  assert.deepEqual(wrong, []);
});
