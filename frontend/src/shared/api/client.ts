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

/** Posts a file, and tells which part of it has gone. Errors as of `request`. */
export function send<T>(
  path: string,
  file: Blob,
  query: Options["query"],
  onProgress: (part: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest(); // fetch tells no progress of what it sends
    sending.open("POST", ROOT + path + search(query));
    sending.setRequestHeader("Accept", "application/json");
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    sending.onerror = () => reject(new TypeError("Failed to send"));
    sending.onload = () => {
      const { status, statusText, responseText } = sending;
      const retry = sending.getResponseHeader("Retry-After");
      const headers = retry === null ? {} : { "Retry-After": retry };
      const response = new Response(responseText, { status, statusText, headers });
      if (response.ok) resolve(response.json() as Promise<T>);
      else void refusal(response).then(reject);
    };
    sending.send(file);
  });
}

/** A file; null = there is none. `onProgress`: which part of it has come. */
export async function download(
  path: string,
  query: Options["query"],
  signal?: AbortSignal,
  onProgress?: (part: number) => void,
): Promise<Blob | null> {
  const response = await fetch(ROOT + path + search(query), {
    signal: signal ?? null,
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return null;
  return onProgress ? received(response, onProgress) : response.blob();
}

async function received(response: Response, onProgress: (part: number) => void): Promise<Blob> {
  const size = Number(response.headers.get("Content-Length"));
  const parts: BlobPart[] = [];
  const reader = response.body?.getReader();
  for (let come = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    come += value.length;
    if (size > 0) onProgress(come / size);
  }
  return new Blob(parts, { type: response.headers.get("Content-Type") ?? "" });
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
