import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Order, Orders } from "../../shared/api/telephony.ts";
import type { Call, Device, HandedOn, Parked } from "../../shared/api/types.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { useStore } from "../../shared/store.ts";
import { useSetting } from "../settings.ts";
import { Desk, type Outcome, QUIET, type Spot } from "./desk.ts";
import type { Profile } from "../../shared/api/profiles.ts";
import { type Dialling, dialling } from "./dialling.ts";
import { useHiding } from "./hiding.ts";
import { useChosenProfile } from "./profile.ts";

type Phone = {
  devices: Device[];
  /** The one that dials. */
  device: Device | null;
  /** The chosen one: its current device may be a telephone elsewhere. */
  profile: Profile | null;
  use: (device: string) => void;
  calls: Call[];
  /** What these devices left at a park place, and nobody has fetched. */
  parked: Parked[];
  /** What these devices handed on by a single step, and still rings there. */
  handedOn: HandedOn[];
  /** False while the page shows what was, not what is. */
  current: boolean;
  desk: Desk;
  /** Whether the current device can be told to call. */
  dialling: Dialling;
};

const Context = createContext<Phone | null>(null);

export function PhoneProvider({ children }: { children: ReactNode }) {
  const devices = useValues<Device>("device");
  const calls = useValues<Call>("call");
  const parked = useValues<Parked>("parked");
  const handedOn = useValues<HandedOn>("handedOn");
  const current = useCurrent();
  const [chosen, use] = useSetting("device");
  const [desk] = useState(() => new Desk());
  useEffect(() => {
    const alive = new Set([...calls, ...handedOn].map(spotOf));
    desk.keep((spot) => alive.has(spot) || !spot.startsWith("call/"));
  }, [desk, calls, handedOn]);
  const profile = useChosenProfile();
  const wanted = profile?.device ?? chosen;
  const device = devices.find((d) => d.id === wanted) ?? best(devices);
  const phone = useMemo(
    () => ({
      devices,
      device,
      profile,
      use,
      calls,
      parked,
      handedOn,
      current,
      desk,
      dialling: dialling(device, current),
    }),
    [devices, device, profile, use, calls, parked, handedOn, current, desk],
  );
  return <Context.Provider value={phone}>{children}</Context.Provider>;
}

/** Without a choice: the first that works. */
function best(devices: Device[]): Device | null {
  return devices.find((device) => device.state === "monitored") ?? devices[0] ?? null;
}

export function usePhone(): Phone {
  const phone = useContext(Context);
  if (!phone) throw new Error("No telephone here.");
  return phone;
}

export function useSpot(name: string): Spot {
  return useStore(usePhone().desk)[name] ?? QUIET;
}

export const DIAL = "dial";

/** Call a number from the current device; `name` is for the words beside it. */
export function useDial(): (called: string, name: string) => Promise<Outcome> {
  const { desk, device, profile, dialling } = usePhone();
  const { offered, hidden, forget } = useHiding(device);
  return async (called, name) => {
    if (!device || dialling === "lacking") return { done: false };
    // The server says why there is no call from a telephone elsewhere.
    const from = profile?.number ? { device: null } : {};
    const told = { called, ...from, ...(offered ? { hideNumber: hidden } : {}) };
    const outcome = await desk.give(DIAL, "makeCall", device.id, told, name);
    if (outcome.done) forget();
    return outcome;
  };
}

/** Orders about one call, refused on its row. */
export function useCallOrders(call: Call) {
  const { desk } = usePhone();
  const spot = spotOf(call);
  return <O extends Order>(operation: O, told: Orders[O]): Promise<Outcome> =>
    desk.give(spot, operation, call.device, told);
}

export function spotOf(call: { connection: string }): string {
  return `call/${call.connection}`;
}
