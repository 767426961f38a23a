import { useTranslation } from "react-i18next";
import { clockTime, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { type AnyRun, runMark } from "./run.ts";
import own from "./Runs.module.css";

/** Of a report: when, what became of it, and who asked for it. */
export function RunTitle({ run }: { run: AnyRun }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const state = t(`admin.directories.states.${run.state}`);
  return (
    <span className={own.heading}>
      <span className="time">
        {shortDay(run.started, culture, timeZone)} {clockTime(run.started, culture, timeZone)}
      </span>
      <StateWords mark={runMark(run)} words={state} />
      <span className={own.quiet}>
        {run.by === null ? t("admin.directories.byTimetable") : run.by}
      </span>
    </span>
  );
}
