import { Suspense, useEffect } from "react";
import { later } from "../../shared/later.ts";
import { surely } from "../../shared/surely.ts";
import { usePops } from "../phone/pops.ts";

const windows = () => import("./PopWindow.tsx");
const PopWindow = later(windows, "PopWindow");

/** The windows of the Alerter: one for each call whose pop is due. */
export function Pops() {
  const due = usePops().filter((one) => one.due);
  // Not needed to begin: fetched behind what is.
  useEffect(() => void surely(windows), []);
  return (
    <Suspense>
      {due.map(({ call, pop }, place) => (
        <PopWindow key={call.connection} call={call} pop={pop} place={place} />
      ))}
    </Suspense>
  );
}
