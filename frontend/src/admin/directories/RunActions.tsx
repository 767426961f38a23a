import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Directory, Run } from "../rows.ts";
import classes from "./Directories.module.css";
import { isOver } from "../runs/run.ts";

/** What can be done now about the synchronisation of a directory. */
export function RunActions({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const run = useValue<Run>(`run/${row.id}`);
  const act = useMutation({
    mutationFn: (what: "synchronise" | "approve" | "cancel") =>
      request<Run>("POST", `/admin/directories/${encodeURIComponent(row.id)}/${what}`),
  });
  if (row.builtIn) return null;
  const { isPending } = act;
  return (
    // A button in a row is not the row.
    <div className={classes.actions} onClick={(event) => event.stopPropagation()}>
      {isOver(run) && row.kind !== "disabled" && (
        <Button variant="default" loading={isPending} onClick={() => act.mutate("synchronise")}>
          {t("admin.directories.synchronise")}
        </Button>
      )}
      {run?.state === "asking" && (
        <>
          <Button loading={isPending} onClick={() => act.mutate("approve")}>
            {t("admin.directories.approve", { count: run.deleted })}
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
