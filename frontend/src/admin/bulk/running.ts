import { problemOf } from "../../shared/api/problem.ts";
import type { Problem } from "../../shared/api/types.ts";

/** What is done to each row, or to `size` of them in one request. */
export type Act<R> = { size?: number; run: (rows: R[]) => Promise<void> };
export type Failure<R> = { row: R; problem: Problem };
/** `left`: those that nobody came to, because it was stopped. */
export type Outcome<R> = { done: R[]; failed: Failure<R>[]; left: R[] };

/** What would fail again for each row that follows. */
const HOPELESS = ["unreachable", "unavailable", "notSignedIn"];

/** One after the other: what is refused for one row is told of that row, and the others go on. */
export async function runOver<R>(
  rows: R[],
  { size = 1, run }: Act<R>,
  signal: AbortSignal,
  progress: (done: number) => void,
): Promise<Outcome<R>> {
  const outcome: Outcome<R> = { done: [], failed: [], left: [] };
  let stopped = false;
  for (let at = 0; at < rows.length; at += size) {
    const some = rows.slice(at, at + size);
    if (stopped || signal.aborted) {
      outcome.left.push(...some);
      continue;
    }
    try {
      await run(some);
      outcome.done.push(...some);
    } catch (error) {
      const problem = problemOf(error);
      outcome.failed.push(...some.map((row) => ({ row, problem })));
      stopped = HOPELESS.includes(problem.code);
    }
    progress(Math.min(at + size, rows.length));
  }
  return outcome;
}
