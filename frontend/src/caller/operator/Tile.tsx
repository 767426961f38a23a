import { Button } from "@mantine/core";
import { PhoneIncoming, PhoneOutgoing } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ColleagueValue, SupervisedCallValue } from "../../shared/api/types.generated.ts";
import { dropTarget } from "../calls/carry.ts";
import { useDial } from "../phone/Phone.tsx";
import { Brief } from "../presence/Brief.tsx";
import { useIntercept } from "../presence/Intercept.tsx";
import { whoIn } from "../presence/PresenceDetails.tsx";
import { PresenceSign } from "../presence/PresenceSign.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { useView } from "../view.tsx";
import classes from "./Operator.module.css";

type Props = { colleague: ColleagueValue; stop: boolean; onStop: () => void };

/** One colleague: opens the card, calls with a double click, takes a call that is dropped on it. */
export function Tile({ colleague, stop, onStop }: Props) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  const dial = useDial();
  const presence = usePresence(colleague.user);
  const take = useIntercept(colleague.user);
  const { number, display, displayName: name } = colleague;
  const shown = selection?.show === "contact" && selection.id === colleague.user;
  return (
    <li className={classes.cell}>
      <button
        type="button"
        data-person
        className={classes.tile}
        data-state={presence?.state}
        data-shown={shown || undefined}
        tabIndex={stop ? 0 : -1}
        onFocus={onStop}
        onClick={() => select({ show: "contact", id: colleague.user })}
        onDoubleClick={() => number && void dial(number, name)}
        {...dropTarget(number ? { number, name, display: display ?? number } : null)}
      >
        <PresenceSign presence={presence} />
        <span className={classes.name}>{name}</span>
        <span className={`number ${classes.number}`}>{display}</span>
        {presence?.telephone?.calls?.map((call) => <With key={call.connection} call={call} />)}
        {presence && <Brief presence={presence} className={classes.brief} />}
      </button>
      {take && (
        <Button
          className={classes.take}
          size="compact-xs"
          leftSection={<PhoneIncoming size={12} aria-hidden />}
          aria-label={t("caller.presence.intercept", { name })}
          onClick={take}
        >
          {t("caller.presence.interceptShort")}
        </Button>
      )}
    </li>
  );
}

/** Who is at the other end, where one may see it: nobody has to be pointed at to know. */
function With({ call }: { call: SupervisedCallValue }) {
  const { t } = useTranslation();
  const Sign = call.direction === "outgoing" ? PhoneOutgoing : PhoneIncoming;
  const who = whoIn(call) || t("caller.presence.unknownCaller");
  return (
    <span className={classes.with} title={who}>
      <Sign size={11} aria-hidden />
      <span className="visually-hidden">{t(`caller.presence.call.${call.direction}`)} </span>
      {who}
    </span>
  );
}
