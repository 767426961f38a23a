import type { Frame, Value } from "./frames.ts";

/**
 * What the page knows, and whether it still is so.
 * `connecting`: nothing known yet. `live`: true now. `lost`: was true at `heard`. `signedOut`: the session is over.
 */
export type Phase = "connecting" | "live" | "lost" | "signedOut";

export type LiveState = {
  phase: Phase;
  stream: string | null;
  /** Number of the last frame taken: what to resume from. */
  n: number | null;
  values: Readonly<Record<string, Value>>;
  /** Local time (ms) at which the server was last heard. */
  heard: number | null;
  /** Server clock minus local clock, in ms. */
  skew: number;
  /** A frame was missed, or the server asked: only a new snapshot helps. */
  broken: boolean;
};

export type LiveAction =
  | { type: "frame"; frame: Frame; at: number }
  | { type: "lost" }
  | { type: "signedOut" };

export const START: LiveState = {
  phase: "connecting",
  stream: null,
  n: null,
  values: {},
  heard: null,
  skew: 0,
  broken: false,
};

export function reduce(state: LiveState, action: LiveAction): LiveState {
  switch (action.type) {
    case "signedOut":
      return { ...START, phase: "signedOut" };
    case "lost":
      return state.phase === "live" ? { ...state, phase: "lost" } : state;
    case "frame":
      return take({ ...state, heard: action.at }, action.frame, action.at);
  }
}

function take(state: LiveState, frame: Frame, at: number): LiveState {
  switch (frame.type) {
    case "snapshot":
      return {
        ...state,
        phase: "live",
        stream: frame.stream,
        n: frame.n,
        values: frame.state,
        skew: Date.parse(frame.time) - at,
        broken: false,
      };
    case "resumed":
      return { ...state, phase: "live", stream: frame.stream };
    case "tick":
      return { ...state, skew: Date.parse(frame.time) - at };
    case "restart":
      return { ...state, stream: null, n: null, broken: true };
    case "moment":
      return advance(state, frame.n);
    case "change": {
      const next = advance(state, frame.n);
      return next === state || next.broken ? next : { ...next, values: merge(next.values, frame) };
    }
    default:
      // Newer servers may say more; what is unknown changes nothing.
      return state;
  }
}

/** Frames count by one. An older one is a repetition; a gap means that something was lost. */
function advance(state: LiveState, n: number): LiveState {
  if (state.n === null || n <= state.n) return state;
  if (n > state.n + 1) return { ...state, stream: null, n: null, broken: true };
  return { ...state, n };
}

function merge(
  values: Readonly<Record<string, Value>>,
  change: { set?: Record<string, Value>; gone?: string[] },
): Readonly<Record<string, Value>> {
  const next = { ...values, ...change.set };
  for (const key of change.gone ?? []) delete next[key];
  return next;
}
