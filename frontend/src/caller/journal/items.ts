import type { Note } from "../../shared/api/notes.ts";
import type { VoiceNoticeValue } from "../../shared/api/types.generated.ts";
import { folded, type Line } from "./log.ts";
import type { LogEntry } from "../../shared/api/types.ts";

/** What stands in the journal, each with the moment by which it is ordered. */
export type Item =
  | { what: "call"; id: string; at: string; line: Line; notes: Note[] }
  | { what: "note"; id: string; at: string; note: Note }
  | { what: "voice"; id: string; at: string; notice: VoiceNoticeValue };

/** Newest first. A note about a call of the list stands under it; another one for itself. */
export function items(
  entries: LogEntry[],
  notes: Note[],
  notices: VoiceNoticeValue[] = [],
): Item[] {
  const lines = folded(entries);
  const about = (line: Line) =>
    notes.filter((note) => note.call === line.id || note.thread === line.thread);
  const under = new Set(lines.flatMap(about));
  const all: Item[] = [
    ...lines.map((line): Item => {
      return { what: "call", id: line.id, at: line.started, line, notes: about(line) };
    }),
    ...notes
      .filter((note) => !under.has(note))
      .map((note): Item => ({ what: "note", id: note.id, at: note.created, note })),
    ...notices.map((notice): Item => ({ what: "voice", id: notice.id, at: notice.at, notice })),
  ];
  return all.toSorted((a, b) => b.at.localeCompare(a.at));
}

/** What was not there yet when one looked last. */
export function isNew(item: Item, seen: string | null): boolean {
  const later = (at: string) => seen === null || at > seen;
  switch (item.what) {
    case "call":
      return (
        (item.line.outcome === "missed" && later(item.line.ended)) ||
        item.notes.some((note) => !note.mine && later(note.created))
      );
    case "voice":
      return later(item.at);
    case "note":
      return false;
  }
}

/** The last moment of all that is told: up to then one has looked. */
export function latest(items: Item[]): string | null {
  const moments = items.flatMap((item) => {
    if (item.what !== "call") return [item.at];
    return [item.line.ended, ...item.notes.map((note) => note.created)];
  });
  return moments.reduce<string | null>((last, at) => (last && last > at ? last : at), null);
}
