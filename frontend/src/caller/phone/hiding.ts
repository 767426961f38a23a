import type { Device } from "../../shared/api/types.ts";
import { usePreferences } from "../../shared/live/preferences.ts";
import { Store, useStore } from "../../shared/store.ts";

/** Said for the next call alone; null = as one prefers. */
const next = new Store<boolean | null>(null);

/** Whether whom one calls from this device is told the number. Not offered where the PBX cannot hide it. */
export function useHiding(device: Device | null) {
  const said = useStore(next);
  const preferred = usePreferences()?.hideNumber ?? false;
  const hidden = said ?? preferred;
  return {
    offered: device?.hidesNumber ?? false,
    hidden,
    toggle: () => next.set(!hidden),
    /** The call is made. */
    forget: () => next.set(null),
  };
}
