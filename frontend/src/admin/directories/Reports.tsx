import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "../form/SideForm.module.css";
import type { Directory, Run } from "../rows.ts";
import own from "./Directories.module.css";
import { Report } from "./Report.tsx";
import { newest } from "./runs.ts";
import { RunTitle } from "../runs/RunTitle.tsx";

/** The last synchronisations of a directory; the newest is open, and as it is now. */
export function Reports({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const run = useValue<Run>(`run/${row.id}`);
  const list = useQuery({
    queryKey: ["admin", "runs", row.id, run?.id],
    queryFn: () =>
      request<Run[]>("GET", `/admin/directories/${encodeURIComponent(row.id)}/runs`),
    placeholderData: (before) => before,
  });
  const runs = newest(list.data ?? [], run);
  return (
    <section aria-label={t("admin.directories.reports")}>
      <h3 className={own.part}>{t("admin.directories.reports")}</h3>
      {list.error && <ProblemLine problem={problemOf(list.error)} />}
      {list.isSuccess && runs.length === 0 && (
        <p className={classes.quiet}>{t("admin.directories.noRuns")}</p>
      )}
      {runs.map((each, n) => (
        <details key={each.id} className={own.report} open={n === 0}>
          <summary>
            <RunTitle run={each} />
          </summary>
          <Report run={each} />
        </details>
      ))}
    </section>
  );
}
