import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import own from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import type { UserImport, UserImportRun } from "../rows.ts";
import { Report } from "./Report.tsx";
import { RunTitle } from "../runs/RunTitle.tsx";

/** The last runs of an import; the newest is open. */
export function Reports({ row }: { row: UserImport }) {
  const { t } = useTranslation();
  const run = useValue<UserImportRun>(`import/${row.id}`);
  const list = useQuery({
    queryKey: ["admin", "importRuns", row.id, run?.id, run?.state],
    queryFn: () =>
      request<UserImportRun[]>("GET", `/admin/user-imports/${encodeURIComponent(row.id)}/runs`),
    placeholderData: (before) => before,
  });
  return (
    <section aria-label={t("admin.userImports.reports")}>
      <h3 className={own.part}>{t("admin.userImports.reports")}</h3>
      {list.error && <ProblemLine problem={problemOf(list.error)} />}
      {list.isSuccess && list.data.length === 0 && (
        <p className={classes.quiet}>{t("admin.userImports.noRuns")}</p>
      )}
      {(list.data ?? []).map((each, n) => (
        <details key={each.id} className={own.report} open={n === 0}>
          <summary>
            <RunTitle run={each} />
          </summary>
          {each.problem && (
            <p className={own.problem}>
              {t(`admin.directories.problems.${each.problem}`)} <q>{say(each)}</q>
            </p>
          )}
          <Report report={each.report} />
        </details>
      ))}
    </section>
  );
}
