import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import type { Problem } from "../shared/api/types.ts";
import { Store, useSelected } from "../shared/store.ts";

/** What was given to be sent, until the server has it. */
export type Outgoing = {
  key: string;
  text: string;
  file: File | null;
  /** Of a file: how much of it has gone, from 0 to 1. */
  part: number;
  problem: Problem | null;
};

type Writing = {
  /** What is being written, by what it is for. */
  drafts: Store<Readonly<Record<string, string>>>;
  /** What has not arrived, by whom it is for. */
  outgoing: Store<Readonly<Record<string, readonly Outgoing[]>>>;
  /** The fields of the card in which something is being written. */
  onCard: Set<object>;
};

const Context = createContext<Writing | null>(null);
/** Whether a field is on the card, which a ringing call would take away. */
const Card = createContext(false);
const NOTHING: readonly Outgoing[] = [];

/** Keeps what is written and not sent while one looks elsewhere, and while the connection is lost. */
export function WritingProvider({ children }: { children: ReactNode }) {
  const [writing] = useState<Writing>(() => ({
    drafts: new Store({}),
    outgoing: new Store({}),
    onCard: new Set(),
  }));
  return <Context.Provider value={writing}>{children}</Context.Provider>;
}

export function OnCard({ children }: { children: ReactNode }) {
  return <Card.Provider value>{children}</Card.Provider>;
}

function useWriting(): Writing {
  const writing = useContext(Context);
  if (!writing) throw new Error("Nothing is written here.");
  return writing;
}

/** What is being written for `key`, and how it is changed; as it was before: nothing is. */
export function useDraft(key: string, before = ""): [string, (text: string) => void] {
  const { drafts, onCard } = useWriting();
  const card = useContext(Card);
  const draft = useSelected(drafts, (all) => all[key]);
  const change = useCallback(
    (text: string) => {
      const { [key]: _, ...others } = drafts.get();
      drafts.set(text === before ? others : { ...others, [key]: text });
    },
    [drafts, key, before],
  );
  const written = card && draft !== undefined;
  useEffect(() => {
    if (!written) return;
    const field = {};
    onCard.add(field);
    return () => void onCard.delete(field);
  }, [onCard, written]);
  return [draft ?? before, change];
}

/** Asks whether something is being written on the card now. */
export function useWritesOnCard(): () => boolean {
  const { onCard } = useWriting();
  return () => onCard.size > 0;
}

/** What has not arrived of what was written to `to`, and how that is changed. */
export function useOutgoing(to: string) {
  const { outgoing } = useWriting();
  const change = useCallback(
    (more: (all: readonly Outgoing[]) => readonly Outgoing[]) => {
      const { [to]: before = NOTHING, ...others } = outgoing.get();
      const after = more(before);
      outgoing.set(after.length === 0 ? others : { ...others, [to]: after });
    },
    [outgoing, to],
  );
  return [useSelected(outgoing, (all) => all[to] ?? NOTHING), change] as const;
}
