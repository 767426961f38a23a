import type { PopValue } from "../../shared/api/types.generated.ts";
import type { Call } from "../../shared/api/types.ts";
import { useValues } from "../../shared/live/context.tsx";
import { usePreferences } from "../../shared/live/preferences.ts";
import { Store, useStore } from "../../shared/store.ts";
import { usePhone } from "./Phone.tsx";
import { isDue, type Wish } from "../../shared/pop/due.ts";

/** What the user said of the pop of a leg; of the others their trigger decides. */
const wishes = new Store<Readonly<Record<string, Wish>>>({});

export function wish(leg: string, wanted: Wish): void {
  wishes.set({ ...wishes.get(), [leg]: wanted });
}

export type Popped = { call: Call; pop: PopValue; due: boolean };

/** The pops of the calls there are, and which are to be seen now. */
export function usePops(): Popped[] {
  const pops = useValues<PopValue>("pop");
  const { calls } = usePhone();
  const wanted = useStore(wishes);
  const trigger = usePreferences()?.screenPop ?? "onClick";
  return pops.flatMap((pop) => {
    const call = calls.find(({ connection }) => connection === pop.connection);
    return call ? [{ call, pop, due: isDue(call, trigger, wanted[call.connection]) }] : [];
  });
}

/** The pop of a call that is there and is not seen: there is a button for it. */
export function useHiddenPop(call: Call): boolean {
  return usePops().some((one) => one.call.connection === call.connection && !one.due);
}
