import type { DragEvent } from "react";
import { Store, useStore } from "../../shared/store.ts";

/** Somebody whose line is carried by the mouse: onto a list, or to another place in the list. */
export type Carried = { id: string; name: string };

const KIND = "application/x-tws-person";
const carried = new Store<Carried | null>(null);

/** For the line of whom it carries. */
export function personSource(person: Carried) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(KIND, person.id);
      event.dataTransfer.effectAllowed = "copyMove";
      // What the browser carries is drawn before the strip moves the lines.
      setTimeout(() => carried.set(person));
    },
    onDragEnd: () => carried.set(null),
  };
}

/** For where people can be put; null = not now. */
export function personTarget(put: ((id: string) => void) | null) {
  if (!put) return {};
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop: (event: DragEvent) => {
      const id = event.dataTransfer.getData(KIND);
      if (!id) return;
      event.preventDefault();
      carried.set(null);
      put(id);
    },
  };
}

export function useCarriedPerson(): Carried | null {
  return useStore(carried);
}
