import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const ROOT = import.meta.dirname;
const IMPORTED = /import (\w+) from "([^"]+\.module\.css)"/g;

/** The classes that a stylesheet has something for. */
function styled(file: string): Set<string> {
  const css = readFileSync(file, "utf-8").replaceAll(/\/\*[^]*?\*\//g, "");
  return new Set([...css.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name = ""]) => name));
}

test("what a part is drawn with is in its stylesheet", () => {
  const lacking: string[] = [];
  for (const name of readdirSync(ROOT, { recursive: true, encoding: "utf-8" })) {
    if (!name.endsWith(".tsx")) continue;
    // Words of keys, such as "caller.card.close", are no classes.
    const code = readFileSync(join(ROOT, name), "utf-8");
    const bare = code.replaceAll(/"[^"\n]*"/g, '""').replaceAll(/`[^`]*`/g, "``");
    for (const [, as = "", path = ""] of code.matchAll(IMPORTED)) {
      const known = styled(join(ROOT, dirname(name), path));
      for (const [, used = ""] of bare.matchAll(new RegExp(`\\b${as}\\.([A-Za-z_]\\w*)`, "g")))
        if (!known.has(used)) lacking.push(`${name}: ${as}.${used}`);
    }
  }
  assert.deepEqual(lacking, []);
});
