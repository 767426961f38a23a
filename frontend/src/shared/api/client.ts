import { ApiError } from "./problem.ts";
import type { Problem } from "./types.ts";

const ROOT = "/api/v1";

type Options = {
  body?: unknown;
  /** Sent as it is. */
  file?: Blob;
  query?: Record<string, string | number | boolean | string[] | null | undefined>;
  /** One per gesture: a repetition with the same key is done once. */
  key?: string;
  signal?: AbortSignal;
};

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let whenSignedOut: () => void = () => undefined;

/** What to do when any answer says that the session is over. */
export function onSignedOut(action: () => void): void {
  whenSignedOut = action;
}

/** Raises ApiError when the server refuses, TypeError when it cannot be reached. */
export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.file) headers["Content-Type"] = "application/octet-stream";
  if (options.key) headers["Idempotency-Key"] = options.key;
  const response = await fetch(ROOT + path + search(options.query), {
    method,
    headers,
    body: options.file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
    signal: options.signal ?? null,
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A file; null = there is none. */
export async function download(
  path: string,
  query: Options["query"],
  signal?: AbortSignal,
): Promise<Blob | null> {
  const response = await fetch(ROOT + path + search(query), {
    signal: signal ?? null,
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? null : response.blob();
}

function search(query: Options["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === null || value === undefined || value === ""
      ? []
      : Array.isArray(value)
        ? value.map((one) => [name, one])
        : [[name, String(value)]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = await problemIn(response);
  if (problem.code === "notSignedIn") whenSignedOut();
  return new ApiError(problem);
}

async function problemIn(response: Response): Promise<Problem> {
  const wait = Number(response.headers.get("Retry-After"));
  const more = wait > 0 ? { retryAfter: wait } : {};
  try {
    return { ...more, ...((await response.json()) as Problem), status: response.status };
  } catch {
    // A proxy in between answers in its own words.
    return { ...more, status: response.status, code: "error", detail: response.statusText };
  }
}
