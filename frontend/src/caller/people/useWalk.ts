import { useRef, useState } from "react";

/** A list that is one stop for the Tab key, and is walked with the arrows: its lines' buttons are
 * marked `data-person`. */
export function useWalk(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const index = Math.min(at, count - 1);
  const focusAt = (n: number) =>
    list.current?.querySelectorAll<HTMLElement>("[data-person]")[n]?.focus();
  /** Whether the key is one that walks. */
  const move = (key: string): boolean => {
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: count - 1 }[key];
    if (to === undefined) return false;
    const next = Math.max(0, Math.min(count - 1, to));
    setAt(next);
    focusAt(next);
    return true;
  };
  return { list, index, setAt, move, focusAt };
}
