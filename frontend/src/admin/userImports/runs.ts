import type { Mark } from "../../shared/ui/StateMark.tsx";
import type { UserImportRun } from "../rows.ts";

const OVER: UserImportRun["state"][] = ["done", "failed", "cancelled"];
/** Of what is done, in the order of a report. */
export const DONE = ["created", "updated", "deleted", "disabled"] as const;

export function isOver(run: UserImportRun | undefined): boolean {
  return run === undefined || OVER.includes(run.state);
}

/** How much there is to do. */
export function changes({ report }: UserImportRun): number {
  return DONE.reduce((sum, name) => sum + report[name], 0);
}

/** Percent of what is done; null = how much there is to do is not known yet. */
export function progress(run: UserImportRun): number | null {
  const all = changes(run);
  if (run.state !== "merging" || all === 0) return null;
  return Math.min(100, Math.floor((100 * run.done) / all));
}

/** Red is what needs somebody: also a question. */
export function runMark(run: UserImportRun): Mark {
  if (run.state === "done") return "free";
  return run.state === "failed" || run.state === "asking" ? "busy" : "away";
}
