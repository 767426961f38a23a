import type { UserImportRun } from "../rows.ts";
import { percentOf } from "../runs/run.ts";

/** Of what is done, in the order of a report. */
export const DONE = ["created", "updated", "deleted", "disabled"] as const;

/** How much there is to do. */
export function changes({ report }: UserImportRun): number {
  return DONE.reduce((sum, name) => sum + report[name], 0);
}

/** Percent of what is done; null = how much there is to do is not known yet. */
export function progress(run: UserImportRun): number | null {
  return percentOf(run, run.done, changes(run));
}
