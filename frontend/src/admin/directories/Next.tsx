import { useTranslation } from "react-i18next";
import { useValue } from "../../shared/live/context.tsx";
import type { Directory, Run } from "../rows.ts";
import { intervalOf } from "./directory.ts";
import { useHour } from "./hour.ts";
import { isOver } from "../runs/run.ts";
import own from "../runs/Runs.module.css";
import { When } from "../runs/When.tsx";
import { nextOf } from "./runs.ts";

/** When a directory is synchronised next, or that only somebody who asks for it does that. */
export function Next({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const run = useValue<Run>(`run/${row.id}`);
  const hour = useHour(row.domain);
  if (row.kind === "disabled" || !isOver(run)) return null;
  const { every, unit } = intervalOf(row.minutes);
  const at = nextOf(row, run);
  return (
    <span className={own.figures}>
      {row.schedule === "manual" && t("admin.directories.schedules.manual")}
      {row.schedule === "daily" && hour && t("admin.directories.dailyAt", { hour })}
      {row.schedule === "interval" && (
        <>
          {t(`admin.directories.everySo.${unit}`, { count: every })}
          {at && (
            <>
              {" · "}
              {t("admin.directories.next")} <When at={at} />
            </>
          )}
        </>
      )}
    </span>
  );
}
