import type { Order, Orders } from "../../shared/api/telephony.ts";
import type { Call, Operation } from "../../shared/api/types.ts";
import { spotOf, useCallOrders, usePhone, useSpot } from "../phone/Phone.tsx";
import { rememberHandedOn } from "../phone/handedOn.ts";
import { rememberParked } from "../phone/parked.ts";
import { type Purpose, ways } from "./ways.ts";

const HANDS_ON: ReadonlySet<Order> = new Set(["singleStepTransferCall", "moveCall"]);

/** What may be asked for a call now, and how to ask. */
export function useCallActions(call: Call) {
  const { current, devices } = usePhone();
  const give = useCallOrders(call);
  const { doing } = useSpot(spotOf(call));
  return {
    can: (operation: Operation) => call.operations.includes(operation),
    ways: (purpose: Purpose) =>
      ways(
        call,
        devices.find((device) => device.id === call.device),
        purpose,
      ),
    doing,
    /** Nothing is asked while another order is under way, or while the page does not know what is. */
    disabled: doing !== null || !current,
    act: async <O extends Order>(operation: O, told: Orders[O]): Promise<boolean> => {
      const outcome = await give(operation, told);
      if (outcome.done && operation === "parkCall") rememberParked(call, outcome.result);
      if (outcome.done && HANDS_ON.has(operation)) rememberHandedOn(call);
      return outcome.done;
    },
  };
}
