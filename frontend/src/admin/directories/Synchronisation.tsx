import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import type { Directory, Grant } from "../rows.ts";
import classes from "./Directories.module.css";
import { Next } from "./Next.tsx";
import { RunActions } from "./RunActions.tsx";
import { RunState } from "./RunState.tsx";

type Props = { row: Directory; grants: Grant[] };

/** How the newest synchronisation stands, when the next one is, what can be done about it, and whether anybody sees it. */
export function Synchronisation({ row, grants }: Props) {
  const seen = grants.some((grant) => grant.object === row.id);
  return (
    <div className={classes.now}>
      <div>
        <RunState id={row.id} />
        <Next row={row} />
      </div>
      <RunActions row={row} />
      {!seen && row.kind !== "disabled" && <Unseen row={row} />}
    </div>
  );
}

function Unseen({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  return (
    <p className={classes.unseen} onClick={(event) => event.stopPropagation()}>
      <CircleAlert size={14} aria-hidden /> {t("admin.directories.unseen")}{" "}
      <button
        type="button"
        className={classes.link}
        onClick={() => go({ edit: row.id, filters: { ...address.filters, tab: "rights" } })}
      >
        {t("admin.directories.letIn")}
      </button>
    </p>
  );
}
