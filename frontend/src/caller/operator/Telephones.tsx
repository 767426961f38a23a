import { useTranslation } from "react-i18next";
import type { SupervisedTelephoneValue } from "../../shared/api/types.generated.ts";
import { holds } from "../../shared/i18n/plain.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { StateMark, type Mark } from "../../shared/ui/StateMark.tsx";
import { useDial } from "../phone/Phone.tsx";
import { dropTarget } from "../calls/carry.ts";
import type { Shown } from "./match.ts";
import classes from "./Operator.module.css";

const MARKS: Record<SupervisedTelephoneValue["state"], Mark> = {
  free: "free",
  busy: "busy",
  ringing: "ringing",
  outOfService: "unreachable",
  unknown: "unknown",
};

/** Telephones of nobody's, a door or a workshop, that an intercom group supervises: those meant. */
export function useTelephones(text: string, shown: Shown): SupervisedTelephoneValue[] {
  const current = useCurrent();
  return useValues<SupervisedTelephoneValue>("telephone").filter(
    (one) =>
      holds(`${one.groupName} ${one.number}`, text) &&
      (shown === "all" || (current && one.state === "free") === (shown === "free")),
  );
}

export function Telephones({ telephones }: { telephones: SupervisedTelephoneValue[] }) {
  const { t } = useTranslation();
  const current = useCurrent();
  const dial = useDial();
  return telephones.map((one) => {
    const { display, groupName: group } = one;
    const words = t("caller.operator.telephone", { number: display, group });
    const state = current ? one.state : "unknown";
    return (
      <li key={`${one.group} ${one.number}`} className={classes.cell}>
        <button
          type="button"
          className={classes.tile}
          data-state={state}
          aria-label={words}
          onDoubleClick={() => void dial(one.number, group)}
          {...dropTarget({ number: one.number, name: group, display })}
        >
          <StateMark
            mark={MARKS[state]}
            label={t(`caller.presence.telephoneState.${state}`)}
          />
          <span className={classes.name}>{group}</span>
          <span className={`number ${classes.number}`}>{display}</span>
        </button>
      </li>
    );
  });
}
