import type { Call, Parked, Party } from "../../shared/api/types.ts";
import { Store, useStore } from "../../shared/store.ts";
import { usePhone } from "./Phone.tsx";

/** A call left for somebody to fetch; `place` = where, if the PBX says so. */
export type Left = {
  id: string;
  device: string;
  party: Party | undefined;
  place: string | null;
};

/** What this page parked: who it was, as the call said, and those of which the PBX says no place. */
const mine = new Store<readonly Left[]>([]);
/** What is not to be shown any more. */
const closed = new Store<readonly string[]>([]);

export function rememberParked(call: Call, result: unknown): void {
  const place = typeof result === "string" && result !== "" ? result : null;
  const { connection, device } = call;
  const others = mine.get().filter((left) => place === null || left.place !== place);
  mine.set([...others, { id: connection, device, party: call.parties[0], place }]);
}

export function closeParked({ id }: Left): void {
  closed.set([...closed.get(), id]);
}

/** The calls that wait where they were parked: the server says which, for as long as they do. */
export function useParked(): Left[] {
  const { parked } = usePhone();
  const left = useStore(mine);
  const gone = useStore(closed);
  const nowhere = left.filter(({ place }) => place === null);
  return [...parked.map((which) => known(which, left)), ...nowhere].filter(
    ({ id }) => !gone.includes(id),
  );
}

/** The PBX knows a number; the call that was parked here had the name of a contact, too. */
function known({ device, place, party, since }: Parked, left: readonly Left[]): Left {
  const id = `${device}/${place}/${since}`;
  const named = left.find((one) => one.place === place && one.party?.number === party.number);
  return { id, device, place, party: named?.party ?? party };
}
