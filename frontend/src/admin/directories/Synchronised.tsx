import { useTranslation } from "react-i18next";
import { useValue } from "../../shared/live/context.tsx";
import type { Directory, Run } from "../rows.ts";
import { When } from "../runs/When.tsx";

/** When a directory last had all that its source has. */
export function Synchronised({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const run = useValue<Run>(`run/${row.id}`);
  // The list was loaded once; the run is as it is now.
  const at = (run?.state === "done" && run.ended) || row.synchronised;
  return at ? <When at={at} /> : <>{t("admin.directories.never")}</>;
}
