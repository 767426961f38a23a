import { Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCurrent } from "../../shared/live/context.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { type AnyRun, runMark } from "./run.ts";
import classes from "./Runs.module.css";
import { When } from "./When.tsx";

type Props = {
  run: AnyRun | undefined;
  /** What is said where there was none. */
  never: string;
  percent: number | null;
  /** What came of it, in figures. */
  children: ReactNode;
};

/** How the newest run stands, as it goes on; while the stream is away nobody knows. */
export function RunNow({ run, never, percent, children }: Props) {
  const { t } = useTranslation();
  const current = useCurrent();
  if (!current) {
    return <StateWords mark="unknown" words={t("unknown")} />;
  }
  if (!run) return <div className={classes.quiet}>{never}</div>;
  const words = t(`admin.directories.states.${run.state}`);
  return (
    <div className={classes.run}>
      <StateWords mark={runMark(run)} words={words}>
        <span className={classes.figures}>
          <When at={run.ended ?? run.started} />
        </span>
      </StateWords>
      <span className={classes.figures}>{children}</span>
      {percent !== null && (
        <Progress
          size="sm"
          value={percent}
          aria-label={words}
          aria-valuetext={t("admin.directories.percent", { percent })}
        />
      )}
    </div>
  );
}
