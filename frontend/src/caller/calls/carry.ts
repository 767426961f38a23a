import type { DragEvent } from "react";
import type { Call } from "../../shared/api/types.ts";
import { Store, useStore } from "../../shared/store.ts";
import { usePhone } from "../phone/Phone.tsx";
import type { Person } from "../search/PersonPicker.tsx";
import { ways } from "./ways.ts";

/** A call dropped on a person: the panel that asks "now, or ask first?" opens with that person. */
type Drop = { connection: string; person: Person };

const KIND = "application/x-tws-call";
const dropped = new Store<Drop | null>(null);

export function useCarry(call: Call) {
  const device = usePhone().devices.find((each) => each.id === call.device);
  const { now, ask } = ways(call, device, "transfer");
  const possible = now !== null || ask;
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(KIND, call.connection);
    event.dataTransfer.effectAllowed = "link";
  };
  return { possible, onDragStart };
}

/** For whom a call can be dropped on. */
export function dropTarget(person: Person | null) {
  if (!person) return {};
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "link";
    },
    onDrop: (event: DragEvent) => {
      const connection = event.dataTransfer.getData(KIND);
      if (!connection) return;
      event.preventDefault();
      dropped.set({ connection, person });
    },
  };
}

export function useDropped(call: Call): Person | null {
  const drop = useStore(dropped);
  return drop?.connection === call.connection ? drop.person : null;
}

export function forgetDrop(): void {
  dropped.set(null);
}
