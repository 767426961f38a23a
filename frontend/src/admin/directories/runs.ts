import type { Directory, Run } from "../rows.ts";
import { percentOf } from "../runs/run.ts";

/** Percent of what is merged; null = how much there is to do is not known yet. */
export function progress(run: Run): number | null {
  return percentOf(run, run.merged, run.created + run.updated + run.deleted);
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

/** The newest runs, of which the live stream may know more than the list. */
export function newest(listed: Run[], live: Run | undefined): Run[] {
  if (!live) return listed;
  return [live, ...listed.filter((run) => run.id !== live.id)];
}
