import { request } from "../../shared/api/client.ts";
import type { LogEntry, LogPage } from "../../shared/api/types.ts";

export const KINDS = ["all", "missed", "incoming", "outgoing"] as const;
export type Kind = (typeof KINDS)[number];

const FILTERS: Record<Kind, { direction?: string; outcome?: string }> = {
  all: {},
  missed: { outcome: "missed" },
  incoming: { direction: "incoming" },
  outgoing: { direction: "outgoing" },
};
const LINES = 50;

export function listCallLog(
  kind: Kind,
  text: string,
  before: string | null,
  signal: AbortSignal,
  limit = LINES,
): Promise<LogPage> {
  return request("GET", "/call-log", {
    query: { ...FILTERS[kind], text, before, limit },
    signal,
  });
}

/** There is somebody to show, or to make a contact of. */
export function canBeOpened(entry: LogEntry): boolean {
  return Boolean(entry.contact || entry.number);
}

/** The sign in front of a line. */
export type Sign = "incoming" | "outgoing" | "missed" | "failed" | "passed";

/** Answered by a colleague or sent on is not missed; not reached is not made. */
export function signOf(entry: LogEntry): Sign {
  switch (entry.outcome) {
    case "missed":
      return "missed";
    case "cancelled":
    case "busy":
    case "refused":
    case "failed":
      return entry.direction === "outgoing" ? "failed" : "missed";
    case "forwarded":
    case "answeredElsewhere":
      return "passed";
    case "answered":
    case "transferred":
    case "endNotSeen":
      return entry.direction;
  }
}
