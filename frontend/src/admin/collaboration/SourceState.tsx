import { useTranslation } from "react-i18next";
import { say } from "../../shared/i18n/sentences.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";
import { fullTime, since } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import type { CollaborationState } from "../rows.ts";
import runs from "../runs/Runs.module.css";

const MARKS: Record<CollaborationState["state"], Mark> = {
  disabled: "unknown",
  waiting: "away",
  reading: "away",
  working: "free",
  failing: "busy",
};

/** How a source of calendars stands now; with `why`, also what is the matter in its own words. */
export function SourceState({ id, why = false }: { id: string; why?: boolean }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(30_000);
  const state = useValue<CollaborationState>(`collaboration/${id}`);
  const current = useCurrent();
  if (!state || !current) {
    return <StateWords mark="unknown" words={t("unknown")} />;
  }
  const words = t(`admin.collaboration.states.${state.state}`);
  return (
    <div className={runs.run}>
      <StateWords mark={MARKS[state.state]} words={words} />
      {state.refreshed && (
        <span className={runs.figures}>
          {state.people + state.unread > 0
            ? t("admin.collaboration.people", { count: state.people })
            : t("admin.collaboration.nobody")}
          {" · "}
          <time
            className="time"
            dateTime={state.refreshed}
            title={fullTime(state.refreshed, culture, timeZone)}
          >
            {since(state.refreshed, now, culture, timeZone)}
          </time>
        </span>
      )}
      {state.unread > 0 && (
        <span className={runs.figures}>
          {t("admin.collaboration.unread", { count: state.unread })}
        </span>
      )}
      {state.problem && (
        <span className={runs.figures}>
          {t(`admin.collaboration.problems.${state.problem}`)} {why && <q>{say(state)}</q>}
        </span>
      )}
    </div>
  );
}
