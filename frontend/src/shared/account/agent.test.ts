import assert from "node:assert/strict";
import { test } from "node:test";
import { browserOf } from "./agent.ts";

const SEEN: [agent: string, said: string | null][] = [
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Safari, macOS",
  ],
  ["curl/8.5.0", "curl"],
  ["", null],
];

test("a browser is called what people call it", () => {
  for (const [agent, said] of SEEN) assert.equal(browserOf(agent), said);
});
