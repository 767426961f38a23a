import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useStore } from "../store.ts";
import { LiveConnection } from "./connection.ts";
import type { Moment } from "./frames.ts";
import type { LiveState } from "./reducer.ts";
import { LiveStore } from "./store.ts";

type Live = { store: LiveStore; connection: LiveConnection };

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
  const { phase } = useStore(live.store);
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

export function useLive(): LiveState {
  return useStore(useContextLive().store);
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

/** The values whose keys start with `prefix/`, in the order the server gave them. */
export function useValues<T>(prefix: string): T[] {
  const { values } = useLive();
  return useMemo(
    () =>
      Object.entries(values)
        .filter(([key]) => key.startsWith(`${prefix}/`))
        .map(([, value]) => value as T),
    [values, prefix],
  );
}

export function useValue<T>(key: string): T | undefined {
  return useLive().values[key] as T | undefined;
}
