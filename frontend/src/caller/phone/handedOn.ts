import type { Call, HandedOn, Party } from "../../shared/api/types.ts";
import { Store, useStore } from "../../shared/store.ts";
import { usePhone } from "./Phone.tsx";

/** Who it was that this page handed on, as the call said, by thread. */
const mine = new Store<Readonly<Record<string, Party>>>({});

export function rememberHandedOn({ thread, parties }: Call): void {
  const [party] = parties;
  if (party && parties.length === 1) mine.set({ ...mine.get(), [thread]: party });
}

/** What rings where it was handed on. The server knows a number; the call had a contact's name, too. */
export function useHandedOn(): HandedOn[] {
  const { handedOn } = usePhone();
  const named = useStore(mine);
  return handedOn.map((call) => ({ ...call, party: named[call.thread] ?? call.party }));
}
