import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { useLastHeard, useSkew } from "../../shared/live/context.tsx";
import { duration } from "../../shared/time/clock.ts";
import { useNow } from "../../shared/time/now.ts";
import { lifeBegan } from "./group.ts";

/** How long it has lasted; stands still while the page does not know whether it lasts. */
export function Life({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [heard, skew] = [useLastHeard(), useSkew()];
  const now = useNow();
  const until = heard === null ? now : heard + skew;
  const time = duration(until - Date.parse(lifeBegan(call)));
  const lower = call.late && !call.answered && call.state !== "hold";
  return (
    <span
      className="time"
      role="timer"
      title={lower ? t("caller.calls.late") : undefined}
      aria-label={lower ? t("caller.calls.atLeast", { time }) : time}
    >
      {lower ? `≥ ${time}` : time}
    </span>
  );
}
