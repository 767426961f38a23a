import type { Call, Party } from "../../shared/api/types.ts";
import { Store, useStore } from "../../shared/store.ts";

/** A call left for somebody to fetch; `place` = where, if the PBX says so. */
export type Parked = {
  connection: string;
  device: string;
  party: Party | undefined;
  place: string | null;
};

const parked = new Store<readonly Parked[]>([]);

export function rememberParked(call: Call, result: unknown): void {
  const place = typeof result === "string" && result !== "" ? result : null;
  const { connection, device } = call;
  parked.set([...parked.get(), { connection, device, party: call.parties[0], place }]);
}

export function forgetParked(which: Parked): void {
  parked.set(parked.get().filter((other) => other !== which));
}

export function useParked(): readonly Parked[] {
  return useStore(parked);
}
