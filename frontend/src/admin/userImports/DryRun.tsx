import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { UserImportTrialValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import own from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import trial from "../working/Trial.module.css";
import { useCancellable } from "../working/useCancellable.ts";
import { Working } from "../working/Working.tsx";
import { Report } from "./Report.tsx";

/** What the import would do, as it is stored; nothing is changed. */
export function DryRun({ id }: { id: string }) {
  const { t } = useTranslation();
  const run = useCancellable((of: string, signal) =>
    request<UserImportTrialValue>("POST", `/admin/user-imports/${encodeURIComponent(of)}/try`, {
      signal,
    }),
  );
  const { data, error, isPending } = run;
  return (
    <section aria-label={t("admin.userImports.trial")} className={trial.trial}>
      <Button variant="default" loading={isPending} onClick={() => run.mutate(id)}>
        {t("admin.userImports.try")}
      </Button>
      {isPending ? (
        <Working words={t("admin.userImports.trying")} onCancel={run.cancel} />
      ) : (
        <p className={classes.quiet}>{t("admin.userImports.tryHelp")}</p>
      )}
      {error && <ProblemLine problem={problemOf(error)} />}
      {data?.problem && (
        <p role="alert" className={trial.problem}>
          {t(`admin.directories.problems.${data.problem}`)} <q>{say(data)}</q>
        </p>
      )}
      {data?.report && (
        <>
          <h3 className={own.part}>{t("admin.userImports.trial")}</h3>
          {data.asks && <p className={trial.problem}>{t("admin.userImports.tryAsks")}</p>}
          <Report report={data.report} />
        </>
      )}
    </section>
  );
}
