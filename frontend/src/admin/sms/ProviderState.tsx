import { useTranslation } from "react-i18next";
import { say } from "../../shared/i18n/sentences.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";
import type { Mark } from "../../shared/ui/StateMark.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import type { SmsProviderState } from "../rows.ts";
import runs from "../runs/Runs.module.css";

const MARKS: Record<SmsProviderState["state"], Mark> = {
  disabled: "unknown",
  waiting: "away",
  working: "free",
  failing: "busy",
};

/** How it went with a provider the last time; with `why`, also in its own words. */
export function ProviderState({ id, why = false }: { id: string; why?: boolean }) {
  const { t } = useTranslation();
  const state = useValue<SmsProviderState>(`sms-provider/${id}`);
  const current = useCurrent();
  if (!state || !current) return <StateWords mark="unknown" words={t("unknown")} />;
  return (
    <div className={runs.run}>
      <StateWords mark={MARKS[state.state]} words={t(`admin.sms.states.${state.state}`)} />
      {state.state !== "disabled" && !state.active && (
        <span className={runs.figures}>{t("admin.sms.second")}</span>
      )}
      {why && !state.problem && state.template && (
        <span className={runs.figures}>
          {t("admin.sms.refused")} <q>{say(state)}</q>
        </span>
      )}
      {state.problem && (
        <span className={runs.figures}>
          {t(`admin.sms.problems.${state.problem}`)} {why && <q>{say(state)}</q>}
        </span>
      )}
    </div>
  );
}
