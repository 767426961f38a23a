import { request } from "../../shared/api/client.ts";
import type { LogEntry, LogPage, LogParty } from "../../shared/api/types.ts";

export const KINDS = ["all", "missed", "incoming", "outgoing", "notes"] as const;
export type Kind = (typeof KINDS)[number];

export const FILTERS: Record<Kind, { direction?: string; outcome?: string }> = {
  all: {},
  missed: { outcome: "missed" },
  incoming: { direction: "incoming" },
  outgoing: { direction: "outgoing" },
  notes: {},
};
const LINES = 50;

export function listCallLog(
  kind: Kind,
  text: string,
  before: string | null,
  signal: AbortSignal,
  { limit = LINES, user = "" } = {},
): Promise<LogPage> {
  return request("GET", "/call-log", {
    query: { ...FILTERS[kind], text, before, limit, user: user || null },
    signal,
  });
}

/** There is somebody to show, or to make a contact of. */
export function canBeOpened(entry: LogEntry): boolean {
  return Boolean(entry.contact || entry.number);
}

/**
 * A line of the log; of a call that was parked, or handed on, and taken back, or that went on at
 * another of one's telephones, all of its legs.
 */
export type Line = LogEntry & {
  parked?: { last: LogParty; times: number };
  /** The telephone at which it went on, last. */
  movedTo?: LogParty | undefined;
  takenBack?: boolean;
};

export function isParked(entry: LogEntry): boolean {
  return entry.outcome === "transferred" && entry.cause === "park";
}

/** One line for each call, newest first: what was taken back from a park place goes on. */
export function folded(entries: LogEntry[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const at = lines.findIndex((line) => continues(line, entry));
    const line = lines[at];
    if (line) lines[at] = joined(line, entry);
    else lines.push(entry);
  }
  return lines;
}

function continues(line: Line, before: LogEntry): boolean {
  if (line.thread !== before.thread || !line.via) return false;
  const { cause, by } = line.via;
  const fromThere = Boolean(before.other?.number) && by.number === before.other?.number;
  if (isParked(before)) return fromThere;
  if (BACK.has(cause)) return handedOn(before) ? fromThere : rangInVain(line, before);
  // Handed on to oneself: it began there as it ended here.
  return cause === STEP && handedOn(before) && !fromThere && follows(line, before);
}

/** It rang at another of one's telephones, and was taken back from there. */
function rangInVain(line: Line, before: LogEntry): boolean {
  const rang = before.outcome === "answeredElsewhere" && before.via?.cause === STEP;
  return rang && follows(line, before);
}

const STEP = "singleStepTransfer";
/** Of what one handed on and has again; the older entries call it a pickup. */
const BACK: ReadonlySet<string> = new Set(["recall", "callPickup"]);

function handedOn(entry: LogEntry): boolean {
  return entry.outcome === "transferred" && entry.cause === STEP;
}

/** A PBX rings the next telephone when it has left the last one. */
const AT_ONCE = 5_000;

function follows(line: Line, before: LogEntry): boolean {
  return Math.abs(Date.parse(line.started) - Date.parse(before.ended)) < AT_ONCE;
}

/** How it ended is the later leg's to tell, how it began the earlier one's. */
function joined(line: Line, before: LogEntry): Line {
  const { direction, started, answered, ringing, via, queue, joinedLate } = before;
  const known = {
    ...line,
    ...{ direction, started, answered, ringing, via, queue, joinedLate },
    duration: line.duration + before.duration,
    gap: line.gap || before.gap,
  };
  if (isParked(before)) {
    const last = line.parked?.last ?? (before.other as LogParty);
    return { ...known, parked: { last, times: (line.parked?.times ?? 0) + 1 } };
  }
  // Whoever one talked to has not been missed where it went on.
  const outcome = before.answered && line.outcome === "missed" ? "answered" : line.outcome;
  if (line.via && BACK.has(line.via.cause)) return { ...known, outcome, takenBack: true };
  const movedTo = line.takenBack ? undefined : (line.movedTo ?? before.other ?? undefined);
  return { ...known, outcome, movedTo };
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
