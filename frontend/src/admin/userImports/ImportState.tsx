import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useRefresh } from "../data.ts";
import classes from "../directories/Directories.module.css";
import type { UserImportRun } from "../rows.ts";
import { changes, DONE, progress } from "./runs.ts";
import { isOver } from "../runs/run.ts";
import { RunNow } from "../runs/RunNow.tsx";

/** How the newest run of an import stands, and what can be done about it. */
export function ImportState({ id }: { id: string }) {
  const { t } = useTranslation();
  const run = useValue<UserImportRun>(`import/${id}`);
  useNewUsers(run);
  return (
    <div className={classes.now}>
      <RunNow
        run={run}
        never={t("admin.userImports.never")}
        percent={run ? progress(run) : null}
      >
        {run && <Figures run={run} />}
      </RunNow>
      <Actions id={id} run={run} />
    </div>
  );
}

/** What other pages have loaded of users is old once a run is over that went on before one's eyes. */
function useNewUsers(run: UserImportRun | undefined) {
  const refresh = useRefresh();
  const goesOn = !isOver(run);
  const before = useRef(goesOn);
  useEffect(() => {
    if (before.current && !goesOn) void refresh();
    before.current = goesOn;
  }, [goesOn]);
}

function Figures({ run }: { run: UserImportRun }) {
  const { t } = useTranslation();
  const { report } = run;
  if (run.problem) {
    const heading = t(`admin.directories.problems.${run.problem}`);
    return <>{run.words ? `${heading} ${say(run)}` : heading}</>;
  }
  switch (run.state) {
    case "reading":
      return <>{t("admin.directories.read", { count: report.read })}</>;
    case "merging":
      return <>{t("admin.userImports.done", { done: run.done, count: changes(run) })}</>;
    case "asking":
      return (
        <>
          {t("admin.userImports.asks", {
            count: report.deleted + report.disabled,
            known: report.known,
          })}
        </>
      );
    default: {
      const words = [...DONE, "ignored" as const]
        .filter((name) => report[name] > 0)
        .map((name) => `${t(`admin.userImports.counts.${name}`)} ${report[name]}`);
      return <>{words.join(" · ") || t("admin.userImports.nothing")}</>;
    }
  }
}

function Actions({ id, run }: { id: string; run: UserImportRun | undefined }) {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: (what: "run" | "approve" | "cancel") =>
      request<UserImportRun>("POST", `/admin/user-imports/${encodeURIComponent(id)}/${what}`),
  });
  const { isPending } = act;
  return (
    // A button in a row is not the row.
    <div className={classes.actions} onClick={(event) => event.stopPropagation()}>
      {isOver(run) && (
        <Button variant="default" loading={isPending} onClick={() => act.mutate("run")}>
          {t("admin.userImports.run")}
        </Button>
      )}
      {run?.state === "asking" && (
        <>
          <Button loading={isPending} onClick={() => act.mutate("approve")}>
            {t("admin.userImports.approve", {
              count: run.report.deleted + run.report.disabled,
            })}
          </Button>
          <Button variant="default" disabled={isPending} onClick={() => act.mutate("cancel")}>
            {t("no")}
          </Button>
        </>
      )}
      {(run?.state === "reading" || run?.state === "merging") && (
        <Button variant="default" loading={isPending} onClick={() => act.mutate("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {act.error && <ProblemLine problem={problemOf(act.error)} onClose={act.reset} />}
    </div>
  );
}
