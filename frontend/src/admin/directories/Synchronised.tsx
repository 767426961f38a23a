import { useTranslation } from "react-i18next";
import { useValue } from "../../shared/live/context.tsx";
import { fullTime, since } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import type { Directory, Run } from "../rows.ts";

/** When a directory last had all that its source has. */
export function Synchronised({ row }: { row: Directory }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(30_000);
  const run = useValue<Run>(`run/${row.id}`);
  // The list was loaded once; the run is as it is now.
  const at = (run?.state === "done" && run.ended) || row.synchronised;
  if (!at) return <>{t("admin.directories.never")}</>;
  return (
    <time className="time" dateTime={at} title={fullTime(at, culture, timeZone)}>
      {since(at, now, culture, timeZone)}
    </time>
  );
}
