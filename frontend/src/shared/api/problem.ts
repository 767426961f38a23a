import type { Problem } from "./types.ts";

/** What the server answered instead of what was asked; `code` is stable. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
    this.problem = problem;
  }
}

/** Codes of our own, beside the server's: what happened before the server could answer. */
export const UNREACHABLE = "unreachable";

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { status: 0, code: UNREACHABLE, detail: String(error) };
}
