import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { type Mark, StateMark } from "../../shared/ui/StateMark.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { useView } from "../view.tsx";
import classes from "./Calls.module.css";
import { isRinging } from "./group.ts";
import { Life } from "./Life.tsx";
import { callName, stateWords, whyWords } from "./names.ts";

/** The head of a call's row: its state, who is in it, since when. */
export function CallFace({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { current } = usePhone();
  const state = current ? stateWords(t, call) : t("caller.state.unknown");
  return (
    <div className={classes.face}>
      <StateMark mark={current ? markOf(call) : "unknown"} label={state} size={13} />
      <div className={classes.who}>
        <div className={classes.nameLine}>
          <Name call={call} />
          <Company call={call} />
        </div>
        <div className={classes.facts}>
          <span>{state}</span>
          <Facts call={call} />
        </div>
      </div>
      <span className={classes.life}>
        <Life call={call} />
      </span>
    </div>
  );
}

/** `plain`: it does not lead to the card. */
export function Name({ call, plain = false }: { call: Call; plain?: boolean }) {
  const { t } = useTranslation();
  const { select } = useView();
  const contact = call.parties.length === 1 ? call.parties[0]?.contact : null;
  const name = callName(t, call);
  if (!contact || plain) return <strong className={classes.name}>{name}</strong>;
  return (
    <button
      type="button"
      className={`${classes.name} ${classes.nameButton}`}
      title={t("caller.act.card")}
      onClick={() => select({ show: "contact", id: contact })}
    >
      {name}
    </button>
  );
}

export function Company({ call }: { call: Call }) {
  const company = call.parties.length === 1 ? call.parties[0]?.company : null;
  return company ? <span className={classes.company}>{company}</span> : null;
}

/** Number, conference, why it came, which device: what is worth knowing beside the name. */
export function Facts({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const party = call.parties.length === 1 ? call.parties[0] : undefined;
  const device = devices.find((d) => d.id === call.device);
  return (
    <>
      {party?.name && party.display && (
        <span className="number" title={party.number ?? undefined}>
          {party.display}
        </span>
      )}
      {call.conference && (
        <span>{t("caller.calls.conferenceOf", { count: call.parties.length + 1 })}</span>
      )}
      {whyWords(t, call).map((words) => (
        <span key={words}>{words}</span>
      ))}
      {devices.length > 1 && device && (
        <span className="number">
          {t("caller.calls.forDevice", { number: device.label || device.number })}
        </span>
      )}
    </>
  );
}

function markOf(call: Call): Mark {
  if (call.state === "hold") return "held";
  return isRinging(call) ? "ringing" : "busy";
}
