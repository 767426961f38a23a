import { useRef, useState } from "react";

/** A grid that is one stop for the Tab key, and is walked with the arrows in both directions. */
export function useGridWalk(count: number) {
  const grid = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const index = Math.min(at, count - 1);
  const tiles = () => [...(grid.current?.querySelectorAll<HTMLElement>("[data-person]") ?? [])];
  /** Whether the key is one that walks. */
  const move = (key: string): boolean => {
    const all = tiles();
    const top = all[0]?.offsetTop;
    const wide = all.filter((tile) => tile.offsetTop === top).length;
    const by: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -wide,
      ArrowDown: wide,
      Home: -index,
      End: count - 1 - index,
    };
    const step = by[key];
    if (step === undefined) return false;
    const next = index + step;
    if (next >= 0 && next < count) {
      setAt(next);
      all[next]?.focus();
    }
    return true;
  };
  return { grid, index, setAt, move };
}
