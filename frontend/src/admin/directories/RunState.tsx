import { useTranslation } from "react-i18next";
import { say } from "../../shared/i18n/sentences.ts";
import { useValue } from "../../shared/live/context.tsx";
import type { Run } from "../rows.ts";
import { useReason } from "./reasons.ts";
import { progress } from "./runs.ts";
import { RunNow } from "../runs/RunNow.tsx";

/** How the newest synchronisation of a directory stands, as it goes on. */
export function RunState({ id }: { id: string }) {
  const { t } = useTranslation();
  const run = useValue<Run>(`run/${id}`);
  return (
    <RunNow run={run} never={t("admin.directories.never")} percent={run ? progress(run) : null}>
      {run && <Figures run={run} />}
    </RunNow>
  );
}

function Figures({ run }: { run: Run }) {
  const { t } = useTranslation();
  const why = useReason();
  /** What changed, and what was left out and why: a run that is over may still need somebody. */
  const done = () => {
    const counts = (["created", "updated", "deleted"] as const).filter((each) => run[each] > 0);
    const words = counts.map((each) =>
      t(`admin.directories.figures.${each}`, { count: run[each] }),
    );
    const left = run.ignored.map((remark) =>
      t("admin.directories.figures.ignored", {
        count: remark.count,
        why: why(remark.why, remark.words),
      }),
    );
    return [...(words.length ? words : [t("admin.directories.figures.none")]), ...left].join(" · ");
  };
  /** What to mend says itself that it must be; of the others, whose turn it is comes first. */
  const problem = () => {
    if (!run.problem) return null;
    const heading = t(`admin.directories.problems.${run.problem}`);
    if (!run.words) return heading;
    return run.problem === "misconfigured" ? say(run) : `${heading} ${say(run)}`;
  };
  const changes = run.created + run.updated + run.deleted;
  switch (run.state) {
    case "reading":
      return <>{t("admin.directories.read", { count: run.read })}</>;
    case "merging":
      return <>{t("admin.directories.merged", { merged: run.merged, count: changes })}</>;
    case "asking":
      return <>{t("admin.directories.asks", { count: run.deleted, known: run.known })}</>;
    case "failed":
      return <>{problem()}</>;
    case "done":
      return <>{done()}</>;
    default:
      return <>{problem() ?? t("admin.directories.changed", { count: run.merged })}</>;
  }
}
