import { useTranslation } from "react-i18next";
import { clockSeconds } from "../time/clock.ts";
import { useCulture } from "../time/culture.ts";
import { useHurry, useLastHeard, usePhase, useSkew } from "../live/context.tsx";
import classes from "./LiveBar.module.css";

/** One thin line while the page cannot be believed: since when, and a way to try now. */
export function LiveBar() {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const [phase, heard, skew] = [usePhase(), useLastHeard(), useSkew()];
  const hurry = useHurry();
  if (phase !== "lost") return null;
  const time = heard === null ? "–" : clockSeconds(heard + skew, culture, timeZone);
  return (
    <div className={classes.bar} role="status">
      <span>{t("live.lost", { time })}</span>
      <button type="button" className={classes.retry} onClick={hurry}>
        {t("live.retry")}
      </button>
    </div>
  );
}
