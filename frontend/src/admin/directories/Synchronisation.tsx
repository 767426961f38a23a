import type { Directory } from "../rows.ts";
import classes from "./Directories.module.css";
import { RunActions } from "./RunActions.tsx";
import { RunState } from "./RunState.tsx";

/** How the newest synchronisation stands, and what can be done about it. */
export function Synchronisation({ row }: { row: Directory }) {
  return (
    <div className={classes.now}>
      <RunState id={row.id} />
      <RunActions row={row} />
    </div>
  );
}
