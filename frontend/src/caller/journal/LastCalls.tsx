import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../shared/api/types.ts";
import { dayKey, dayName } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import classes from "./Journal.module.css";
import { LogLine } from "./LogLine.tsx";
import { folded, listCallLog } from "./log.ts";

const MOST = 5;

/** The last calls with somebody, on their card. */
export function LastCalls({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const log = useQuery({
    queryKey: ["log", "with", contact.id],
    queryFn: ({ signal }) => listCallLog("all", contact.displayName, null, signal, { limit: 20 }),
  });
  const entries = folded(log.data?.entries ?? [])
    .filter((entry) => entry.contact === contact.id)
    .slice(0, MOST);
  if (!log.isSuccess) return null;
  const days = Map.groupBy(entries, (entry) => dayKey(entry.started, timeZone));
  const words = { today: t("today"), yesterday: t("yesterday") };
  return (
    <div className={classes.last}>
      <h3 className={classes.title}>{t("caller.card.lastCalls")}</h3>
      {entries.length === 0 && <p className={classes.quiet}>{t("caller.card.noCalls")}</p>}
      {[...days].map(([day, lines]) => (
        <div key={day}>
          <h4 className={classes.day}>
            {dayName(lines[0]?.started ?? day, now, culture, timeZone, words)}
          </h4>
          <ul className={classes.list}>
            {lines.map((entry) => (
              <LogLine key={entry.id} entry={entry} short />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
