import type { Mark } from "../../shared/ui/StateMark.tsx";
import type { Directory, Run } from "../rows.ts";

const OVER: Run["state"][] = ["done", "failed", "cancelled"];

export function isOver(run: Run | undefined): boolean {
  return run === undefined || OVER.includes(run.state);
}

/** Percent of what is merged; null = how much there is to do is not known yet. */
export function progress(run: Run): number | null {
  const all = run.created + run.updated + run.deleted;
  if (run.state !== "merging" || all === 0) return null;
  return Math.min(100, Math.floor((100 * run.merged) / all));
}

/** Contacts of a directory after its newest run; null = it says nothing of all of them. */
export function contactsOf(run: Run | undefined): number | null {
  return run?.state === "done" ? run.created + run.updated + run.unchanged : null;
}

/** When a directory of high frequency is read again; null = of others that is not counted so. */
export function nextOf(row: Directory, run: Run | undefined): string | null {
  if (row.schedule !== "interval" || !run) return null;
  return new Date(Date.parse(run.started) + row.minutes * 60_000).toISOString();
}

/** Red is what needs somebody: also a question. */
export function runMark(run: Run): Mark {
  if (run.state === "done") return "free";
  return run.state === "failed" || run.state === "asking" ? "busy" : "away";
}

/** The newest runs, of which the live stream may know more than the list. */
export function newest(listed: Run[], live: Run | undefined): Run[] {
  if (!live) return listed;
  return [live, ...listed.filter((run) => run.id !== live.id)];
}
