import { newKey } from "../../shared/api/key.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { type Outgoing, useOutgoing } from "../writing.tsx";

type Sending = {
  outgoing: readonly Outgoing[];
  write: (text: string) => void;
  send: (file: File) => void;
  again: (one: Outgoing) => void;
  giveUp: (one: Outgoing) => void;
};

type Send = (one: Outgoing, onPart: (part: number) => void) => Promise<void>;

/** One after another would wait for each other: all go at once, each with a key of its own. */
export function useSending(to: string, send: Send): Sending {
  const [outgoing, setOutgoing] = useOutgoing(to);
  const change = (key: string, more: Partial<Outgoing>) =>
    setOutgoing((all) => all.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const drop = (key: string) => setOutgoing((all) => all.filter((one) => one.key !== key));

  const go = async (one: Outgoing) => {
    const { key } = one;
    try {
      await send(one, (part) => change(key, { part }));
      drop(key);
    } catch (error) {
      change(key, { problem: problemOf(error) });
    }
  };
  const begin = (text: string, file: File | null) => {
    const one: Outgoing = { key: newKey(), text, file, part: 0, problem: null };
    setOutgoing((all) => [...all, one]);
    void go(one);
  };
  return {
    outgoing,
    write: (text) => begin(text, null),
    send: (file) => begin("", file),
    again: (one) => {
      change(one.key, { problem: null, part: 0 });
      void go(one);
    },
    giveUp: (one) => drop(one.key),
  };
}
