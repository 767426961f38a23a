import type { Mark } from "../../shared/ui/StateMark.tsx";
import type { Run } from "../rows.ts";

/** One reading of a source, whatever is read: contacts of a directory, users. */
export type AnyRun = Pick<Run, "state" | "started" | "ended" | "by">;

const OVER: AnyRun["state"][] = ["done", "failed", "cancelled"];

export function isOver(run: Pick<AnyRun, "state"> | undefined): boolean {
  return run === undefined || OVER.includes(run.state);
}

/** Percent of what is done; null = how much there is to do is not known yet. */
export function percentOf(run: Pick<AnyRun, "state">, done: number, all: number): number | null {
  if (run.state !== "merging" || all === 0) return null;
  return Math.min(100, Math.floor((100 * done) / all));
}

/** Red is what needs somebody: also a question. */
export function runMark(run: Pick<AnyRun, "state">): Mark {
  if (run.state === "done") return "free";
  return run.state === "failed" || run.state === "asking" ? "busy" : "away";
}
