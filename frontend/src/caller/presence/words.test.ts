import assert from "node:assert/strict";
import { test } from "node:test";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import { briefWords, markOf, stateWords } from "./words.ts";

const NOBODY: PresenceValue = {
  user: "1",
  displayName: "Alice",
  state: "free",
  because: "page",
  said: null,
  page: true,
  telephone: null,
  calendar: null,
  rule: null,
  chat: false,
};
const t = ((key: string, more?: Record<string, unknown>) =>
  more ? `${key} ${JSON.stringify(more)}` : key) as never;
const time = (at: string) => at.slice(11, 16);

test("what is not known is never free", () => {
  assert.equal(markOf(undefined), "unknown");
  assert.equal(stateWords(t, undefined), "caller.presence.state.unknown");
  assert.equal(briefWords(t, undefined, time), "");
});

test("a meeting, the telephone and do-not-disturb are told apart", () => {
  const busy = { ...NOBODY, state: "busy" as const };
  assert.equal(stateWords(t, { ...busy, because: "calendar" }), "caller.presence.inMeeting");
  assert.equal(stateWords(t, { ...busy, because: "telephone" }), "caller.presence.onTelephone");
  assert.equal(stateWords(t, { ...busy, because: "doNotDisturb" }), "caller.presence.doNotDisturb");
  assert.equal(stateWords(t, { ...busy, because: "said" }), "caller.presence.state.busy");
});

test("beside the name stands what one says, else why one cannot be had", () => {
  const said = { state: "absent" as const, message: "Lunch", since: "", until: null };
  const away = { ...NOBODY, state: "away" as const, because: "said" as const };
  assert.equal(briefWords(t, { ...away, said }, time), "Lunch");
  const later = { ...said, message: "", until: "2026-11-30T13:00:00Z" };
  assert.match(briefWords(t, { ...away, said: later }, time), /until.*13:00/);
  assert.equal(briefWords(t, NOBODY, time), "");
});
