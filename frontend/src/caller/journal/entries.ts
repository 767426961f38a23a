import type { LogEntry } from "../../shared/api/types.ts";

/** A call as the tests need it. */
export function entry(more: Partial<LogEntry>): LogEntry {
  return {
    id: "l1",
    device: "d1",
    thread: "t1",
    direction: "incoming",
    outcome: "answered",
    cause: "normalClearing",
    number: "4002",
    display: "4002",
    name: "",
    contact: null,
    restricted: false,
    queue: null,
    via: null,
    other: null,
    started: "2026-01-05T09:00:00Z",
    answered: null,
    ended: "2026-01-05T09:01:00Z",
    ringing: 0,
    duration: 0,
    joinedLate: false,
    endNotSeen: false,
    gap: false,
    ...more,
  };
}
