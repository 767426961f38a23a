import { useRef, useState } from "react";
import { turned } from "./choice.ts";

export type Chosen = {
  ids: ReadonlySet<string>;
  /** `range`: all from the one turned before. */
  turn: (id: string, on: boolean, range: boolean) => void;
  all: (on: boolean) => void;
  only: (ids: Iterable<string>) => void;
};

/** Which rows are chosen. */
export function useChosen<R extends { id: string }>(rows: R[]): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const before = useRef<string | null>(null);
  return {
    ids,
    turn: (id, on, range) => {
      setIds(turned(ids, rows, id, on, range ? before.current : null));
      before.current = id;
    },
    all: (on) => setIds(new Set(on ? rows.map((row) => row.id) : [])),
    only: (kept) => setIds(new Set(kept)),
  };
}
