import type { TFunction } from "i18next";
import type { LogEntry } from "../../shared/api/types.ts";
import { causeWords } from "../../shared/i18n/problem.ts";
import { duration } from "../../shared/time/clock.ts";
import { told, viaWords, whoIs } from "../calls/names.ts";
import { isParked, type Line, signOf } from "./log.ts";

export function logName(t: TFunction, entry: LogEntry): string {
  return whoIs(t, entry);
}

/** The figure at the end of the line: how long one talked, or else how long it rang. */
export function logFigure(t: TFunction, entry: LogEntry): string {
  return entry.answered ? duration(entry.duration * 1000) : logRang(t, entry);
}

/** How long it rang; nothing where it did not, or nobody knows. */
export function logRang(t: TFunction, entry: LogEntry): string {
  if (entry.ringing === 0 || entry.joinedLate) return "";
  const time = entry.ringing < 60 ? `${entry.ringing} s` : duration(entry.ringing * 1000);
  return t("caller.journal.rang", { time });
}

/** Words that stand in the middle of a line. */
function small(words: string): string {
  return words.charAt(0).toLocaleLowerCase() + words.slice(1);
}

/** What else happened: who took it, where it went, why it failed. */
export function logNotes(t: TFunction, entry: Line): string[] {
  const notes: string[] = [];
  const name = entry.other ? whoIs(t, entry.other) : "";
  if (entry.outcome === "answeredElsewhere" && name) {
    notes.push(t("caller.journal.answeredBy", { name }));
  }
  if (entry.outcome === "forwarded" && name) notes.push(t("caller.journal.forwardedTo", { name }));
  if (entry.parked) {
    const { last, times } = entry.parked;
    notes.push(t("caller.journal.parkedBack", { name: whoIs(t, last), count: times }));
  }
  if (entry.movedTo) {
    const { display, number } = entry.movedTo; // whose it is one knows
    notes.push(t("caller.journal.movedTo", { number: display ?? number ?? "" }));
  }
  if (entry.takenBack) notes.push(t("caller.journal.takenBack"));
  if (entry.outcome === "transferred" && name) {
    notes.push(
      t(isParked(entry) ? "caller.journal.parkedAt" : "caller.journal.transferredTo", { name }),
    );
  }
  const via = told(entry.via, [entry]);
  if (via) notes.push(small(viaWords(t, via)));
  if (entry.queue) notes.push(t("caller.calls.viaQueue", { name: whoIs(t, entry.queue) }));
  if (signOf(entry) === "failed") {
    notes.push(causeWords(t, entry.cause) ?? t("caller.journal.kind.failed"));
  }
  if (entry.endNotSeen) notes.push(t("caller.journal.endNotSeen"));
  else if (entry.gap) notes.push(t("caller.journal.gap"));
  if (entry.joinedLate) notes.push(t("caller.journal.joinedLate"));
  return notes;
}
