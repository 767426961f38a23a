import { usePops } from "../phone/pops.ts";
import { PopWindow } from "./PopWindow.tsx";

/** The windows of the Alerter: one for each call whose pop is due. */
export function Pops() {
  const due = usePops().filter((one) => one.due);
  return (
    <>
      {due.map(({ call, pop }, place) => (
        <PopWindow key={call.connection} call={call} pop={pop} place={place} />
      ))}
    </>
  );
}
