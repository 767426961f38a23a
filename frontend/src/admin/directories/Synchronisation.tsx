import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import type { Directory, DirectoryGrant } from "../rows.ts";
import classes from "./Directories.module.css";
import { RunActions } from "./RunActions.tsx";
import { RunState } from "./RunState.tsx";

type Props = { row: Directory; grants: DirectoryGrant[] };

/** How the newest synchronisation stands, what can be done about it, and whether anybody sees it. */
export function Synchronisation({ row, grants }: Props) {
  const seen = grants.some((grant) => grant.directory === row.id);
  return (
    <div className={classes.now}>
      <RunState id={row.id} />
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
