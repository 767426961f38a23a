import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { sameList, useSelected } from "../store.ts";
import { LiveConnection } from "./connection.ts";
import type { Moment } from "./frames.ts";
import type { LiveState, Phase } from "./reducer.ts";
import { LiveStore } from "./store.ts";

type Live = { store: LiveStore; connection: LiveConnection };

/** Milliseconds of a clock that nobody sees. */
const UNSEEN = 200;

const Context = createContext<Live | null>(null);

type Props = { onSignedOut: () => void; children: ReactNode };

/** Keeps the live stream open as long as its children are on the screen. */
export function LiveProvider({ onSignedOut, children }: Props) {
  const [live] = useState<Live>(() => {
    const store = new LiveStore();
    return { store, connection: new LiveConnection(store, address()) };
  });
  useEffect(() => {
    live.connection.start();
    return () => live.connection.stop();
  }, [live]);
  const phase = useSelected(live.store, (state) => state.phase);
  useEffect(() => {
    if (phase === "signedOut") onSignedOut();
  }, [phase, onSignedOut]);
  return <Context.Provider value={live}>{children}</Context.Provider>;
}

function address(): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/api/v1/live`;
}

function useContextLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("No live stream here.");
  return live;
}

/** How far the page can be believed. */
export function usePhase(): Phase {
  return useSelected(useContextLive().store, ({ phase }) => phase);
}

/** Whether what is shown is so now. */
export function useCurrent(): boolean {
  return usePhase() === "live";
}

/** Server clock minus local clock, in ms, as well as the network lets it be known. */
export function useSkew(): number {
  return useSelected(
    useContextLive().store,
    ({ skew }) => skew,
    (before, after) => Math.abs(before - after) < UNSEEN,
  );
}

/** Local time (ms) at which the server was last heard, once the page can no longer be believed. */
export function useLastHeard(): number | null {
  return useSelected(useContextLive().store, ({ phase, heard }) => (phase === "live" ? null : heard));
}

/** What is known now, for who asks and does not show it. */
export function useKnown(): () => LiveState["values"] {
  const { store } = useContextLive();
  return useCallback(() => store.get().values, [store]);
}

/** Try to reconnect now. */
export function useHurry(): () => void {
  const { connection } = useContextLive();
  return () => connection.hurry();
}

export function useMoments(listener: (moment: Moment) => void): void {
  const { store } = useContextLive();
  useEffect(() => store.onMoment(listener), [store, listener]);
}

/** Lets the server tell `presence/<user>` of these users while the component is there. */
export function useWatched(users: readonly string[]): void {
  const { connection } = useContextLive();
  const ids = users.join();
  useEffect(() => connection.watching.watch(ids ? ids.split(",") : []), [connection, ids]);
}

/** The values whose keys start with `prefix/`, in the order the server gave them. */
export function useValues<T>(prefix: string): T[] {
  return useSelected(useContextLive().store, ({ values }) => under<T>(values, prefix), sameList);
}

export function useValue<T>(key: string): T | undefined {
  return useSelected(useContextLive().store, ({ values }) => values[key] as T | undefined);
}

function under<T>(values: LiveState["values"], prefix: string): T[] {
  return Object.entries(values)
    .filter(([key]) => key.startsWith(`${prefix}/`))
    .map(([, value]) => value as T);
}
