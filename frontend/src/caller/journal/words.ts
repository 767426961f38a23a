import type { TFunction } from "i18next";
import type { LogEntry } from "../../shared/api/types.ts";
import { causeWords } from "../../shared/i18n/problem.ts";
import { duration } from "../../shared/time/clock.ts";
import { whoIs } from "../calls/names.ts";
import { signOf } from "./log.ts";

export function logName(t: TFunction, entry: LogEntry): string {
  return whoIs(t, entry);
}

/** The figure at the end of the line: how long one talked, or that it rang. */
export function logFigure(t: TFunction, entry: LogEntry): string {
  if (entry.answered) return duration(entry.duration * 1000);
  if (signOf(entry) === "missed" && entry.ringing > 0) {
    return t("caller.journal.rang", { time: `${entry.ringing} s` });
  }
  return "";
}

/** What else happened: who took it, where it went, why it failed. */
export function logNotes(t: TFunction, entry: LogEntry): string[] {
  const notes: string[] = [];
  const name = entry.other ? whoIs(t, entry.other) : "";
  if (entry.outcome === "answeredElsewhere" && name) {
    notes.push(t("caller.journal.answeredBy", { name }));
  }
  if (entry.outcome === "forwarded" && name) notes.push(t("caller.journal.forwardedTo", { name }));
  if (entry.outcome === "transferred" && name) {
    notes.push(t("caller.journal.transferredTo", { name }));
  }
  if (entry.via) {
    notes.push(t("caller.journal.via", { name: whoIs(t, entry.via.by) }));
  }
  if (entry.queue) notes.push(t("caller.calls.viaQueue", { name: whoIs(t, entry.queue) }));
  if (signOf(entry) === "failed") {
    notes.push(causeWords(t, entry.cause) ?? t("caller.journal.kind.failed"));
  }
  if (entry.endNotSeen) notes.push(t("caller.journal.endNotSeen"));
  else if (entry.gap) notes.push(t("caller.journal.gap"));
  if (entry.joinedLate) notes.push(t("caller.journal.joinedLate"));
  return notes;
}
