/** The frames of the live stream, `/api/v1/live`. */

export type Value = unknown;

export type Snapshot = {
  type: "snapshot";
  stream: string;
  n: number;
  time: string;
  state: Record<string, Value>;
};
export type Resumed = { type: "resumed"; stream: string; n: number; time?: string };
export type Change = {
  type: "change";
  n: number;
  set?: Record<string, Value>;
  gone?: string[];
};
export type MomentFrame = { type: "moment"; n: number; moment: Moment };
export type Tick = { type: "tick"; time: string };
export type Restart = { type: "restart"; why: string };

export type Frame = Snapshot | Resumed | Change | MomentFrame | Tick | Restart;

/** Something that happened once, as opposed to something that is. */
export type Moment = { kind: string; [more: string]: unknown };

/** What the client says first: where it was, if it was anywhere, and whose presence it shows. */
export type Hello = {
  type: "hello";
  stream: string | null;
  last: number | null;
  watch: string[];
  visible: boolean;
};
/** Whose presence it shows now. */
export type Watch = { type: "watch"; users: string[] };

/** Whether somebody looks at the page. */
export type Sight = { type: "sight"; visible: boolean };

/** Codes the server closes the socket with. */
export const SIGNED_OUT = 4401;
export const GOING_AWAY = 1001;
export const SERVICE_RESTART = 1012;
