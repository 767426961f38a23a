import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { CallGapValue } from "../../shared/api/types.generated.ts";
import { clockSeconds, dayKey, duration, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useCompany, useList } from "../data.ts";
import { More } from "../entries/More.tsx";
import { useEntries } from "../entries/useEntries.ts";
import { useNames } from "../names.ts";
import classes from "./Gaps.module.css";

/** The stream tells of links, not of gaps: one is marked some time after its link is back. */
const AGAIN = 5_000;
const LINES = "10";

/** When TWS was deaf: calls of then are missing from the log. */
export function Gaps() {
  const { t } = useTranslation();
  const company = useCompany();
  const { domain } = useAddress().address;
  const links = useList("links");
  const names = useNames();
  const { entries: gaps, ...found } = useEntries<CallGapValue>(
    "/admin/call-gaps",
    { limit: LINES, ...(company ? { company } : {}), ...(domain ? { domain } : {}) },
    { every: AGAIN, enabled: company !== null && links.isSuccess },
  );
  const title = t("admin.linkStates.gaps.title");
  return (
    <section className={classes.gaps} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.help}>
        {t(`admin.linkStates.gaps.${found.isSuccess && gaps.length === 0 ? "none" : "help"}`)}
      </p>
      {found.isError && <ProblemLine problem={problemOf(found.error)} />}
      <ul className={classes.list}>
        {gaps.map((gap) => (
          <li key={gap.id} className={classes.gap}>
            <strong>{names.link(gap.link) || t("admin.linkStates.gaps.deleted")}</strong>
            <Words gap={gap} />
          </li>
        ))}
      </ul>
      <More of={found} words={t("admin.linkStates.gaps.more")} />
    </section>
  );
}

function Words({ gap }: { gap: CallGapValue }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  return <span>{gapWords(t, gap, culture, timeZone)}</span>;
}

function gapWords(t: TFunction, gap: CallGapValue, culture: string, timeZone: string | undefined): string {
  const day = (at: string) => shortDay(at, culture, timeZone);
  const time = (at: string) => clockSeconds(at, culture, timeZone);
  const rest = {
    lasted: duration(Date.parse(gap.until) - Date.parse(gap.since)),
    ended: t("admin.linkStates.gaps.ended", { count: gap.ended }),
  };
  if (dayKey(gap.since, timeZone) === dayKey(gap.until, timeZone)) {
    const times = { day: day(gap.since), since: time(gap.since), until: time(gap.until) };
    return t("admin.linkStates.gaps.sameDay", { ...times, ...rest });
  }
  const times = {
    since: `${day(gap.since)} ${time(gap.since)}`,
    until: `${day(gap.until)} ${time(gap.until)}`,
  };
  return t("admin.linkStates.gaps.days", { ...times, ...rest });
}
