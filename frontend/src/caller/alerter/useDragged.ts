import { type PointerEvent, useState } from "react";

type Place = { x: number; y: number };

/** How far a window was moved from where it appeared; by its head, and never off the screen. */
export function useDragged() {
  const [moved, setMoved] = useState<Place>({ x: 0, y: 0 });
  const begin = (event: PointerEvent<HTMLElement>) => {
    const head = event.currentTarget;
    if (event.button !== 0 || (event.target as Element).closest("button")) return;
    const from = { x: event.clientX - moved.x, y: event.clientY - moved.y };
    const box = head.parentElement?.getBoundingClientRect() ?? head.getBoundingClientRect();
    const least = { x: moved.x - box.left, y: moved.y - box.top };
    const most = {
      x: moved.x + window.innerWidth - box.right,
      y: moved.y + window.innerHeight - box.top - head.offsetHeight,
    };
    const move = (to: globalThis.PointerEvent) =>
      setMoved({
        x: within(to.clientX - from.x, least.x, most.x),
        y: within(to.clientY - from.y, least.y, most.y),
      });
    const end = () => {
      head.removeEventListener("pointermove", move);
      head.removeEventListener("pointerup", end);
      head.removeEventListener("pointercancel", end);
    };
    head.setPointerCapture(event.pointerId);
    head.addEventListener("pointermove", move);
    head.addEventListener("pointerup", end);
    head.addEventListener("pointercancel", end);
  };
  return { moved, begin };
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(most, least)));
}
