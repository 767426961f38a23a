import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { en as admin } from "./admin/words/en.ts";
import { en as caller } from "./caller/words/en.ts";
import { helper } from "./caller/words/helper.en.ts";
import { en as shared } from "./shared/i18n/en.ts";

const ROOT = import.meta.dirname;
/** Read as a whole: what stands in them is chosen from. */
const WHOLE = ["admin.audit.kinds", "admin.audit.actions"];

const code = readdirSync(ROOT, { recursive: true, encoding: "utf-8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|words\/|i18n\/(\w+\.)?(en|fr)\.ts/.test(name))
  .map((name) => readFileSync(join(ROOT, name), "utf-8"))
  .join("\n");

/** Names that are put together: what is filled in stands for anything. */
const patterns = [...code.matchAll(/`(\w+\.[^`\n]*\$\{[^`\n]*)`/g)]
  .map(([, name = ""]) => name.split(/\$\{[^}]*\}/).map(escaped).join("[\\w. -]+"))
  .map((pattern) => new RegExp(`^${pattern}$`));

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function* names(words: object, above = ""): Generator<string> {
  for (const [key, value] of Object.entries(words)) {
    const name = above ? `${above}.${key}` : key;
    if (typeof value === "object") yield* names(value as object, name);
    else yield name.replace(/_(zero|one|other)$/, "");
  }
}

test("every word is said somewhere", () => {
  const known = [shared, caller, admin, { helper }].flatMap((words) => [...names(words)]);
  assert.ok(known.length > 1000);
  const unsaid = known.filter(
    (name) =>
      !code.includes(`"${name}"`) &&
      !patterns.some((pattern) => pattern.test(name)) &&
      !WHOLE.some((whole) => name.startsWith(`${whole}.`)),
  );
  assert.deepEqual(unsaid, []);
});
