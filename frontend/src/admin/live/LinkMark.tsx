import { useTranslation } from "react-i18next";
import { useLive, useValue } from "../../shared/live/context.tsx";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import classes from "./Live.module.css";
import { type LiveLink, linkMark } from "./states.ts";

/** A link's state as it is now; with `why`, also what is the matter. */
export function LinkMark({ id, why = false }: { id: string; why?: boolean }) {
  const { t } = useTranslation();
  const link = useValue<LiveLink>(`link/${id}`);
  const current = useLive().phase === "live";
  if (!link || !current) {
    return (
      <span className={classes.state}>
        <StateMark mark="unknown" label={t("unknown")} /> {t("unknown")}
      </span>
    );
  }
  const words = link.enabled ? t(`linkState.${link.state}`) : t("admin.links.disabled");
  return (
    <span className={classes.state}>
      <StateMark mark={linkMark(link)} label={words} /> {words}
      {why && link.enabled && link.why && <span className={classes.why}>{link.why}</span>}
    </span>
  );
}
