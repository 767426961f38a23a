import { Kbd } from "@mantine/core";
import { ArrowUpRight, BellOff, Phone, PhoneOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { usePreferences } from "../../shared/live/preferences.ts";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import { pieces } from "../../shared/ui/useKeptFocus.ts";
import { AlsoOf } from "../search/AlsoLine.tsx";
import { LastNote } from "../notes/LastNote.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { Act } from "./Act.tsx";
import { Company, Name } from "./CallFace.tsx";
import { CallerFields } from "./CallerFields.tsx";
import { CallerFace } from "../face/CallerFace.tsx";
import { Important, useImportant } from "../face/Important.tsx";
import { Refusal } from "./CallRow.tsx";
import { Life } from "./Life.tsx";
import { whyWords } from "./names.ts";
import classes from "./Ringing.module.css";
import { SendPanel } from "./SendPanel.tsx";
import { Message } from "./Message.tsx";
import { ShowPop } from "./ShowPop.tsx";
import { useCallActions } from "./useCallActions.ts";
import { useSpaceAnswers } from "./useSpaceAnswers.ts";

/** A call that rings: on top of everything, and the only thing that moves. */
export function Ringing({ call, onIgnore }: { call: Call; onIgnore: () => void }) {
  const { t } = useTranslation();
  const { devices, current } = usePhone();
  const chosen = usePreferences();
  const space = chosen?.spaceAnswers ?? true;
  const [deflecting, setDeflecting] = useState(false);
  const { can, doing, disabled, act } = useCallActions(call);
  const at = { connection: call.connection };
  const answer = () => void act("answerCall", at);
  useSpaceAnswers(space && can("answerCall") && !disabled && !deflecting, answer);
  const party = call.parties.length === 1 ? call.parties[0] : undefined;
  const vip = useImportant(party?.contact ?? null) !== null;
  const device = devices.find((d) => d.id === call.device);
  return (
    <article
      className={classes.ringing}
      aria-label={t("caller.state.incoming")}
      data-vip={(vip && chosen?.vipColour != null) || undefined}
      {...pieces(call.connection)}
    >
      <div className={classes.head}>
        <StateMark
          mark={current ? "ringing" : "unknown"}
          label={t("caller.state.incoming")}
          size={18}
        />
        <CallerFace contact={party?.contact ?? null} name={party?.name ?? null} />
        <div className={classes.who}>
          <div className={classes.name}>
            <Name call={call} plain={chosen?.screenPop === "never"} />
          </div>
          <div className={classes.facts}>
            <Company call={call} />
            <Important contact={party?.contact ?? null} />
            {party?.name && party.display && (
              <span className="number" title={party.number ?? undefined}>
                {party.display}
              </span>
            )}
          </div>
          <CallerFields call={call} />
          <div className={classes.why}>
            <AlsoOf number={party?.number ?? null} contact={party?.contact ?? null} />
            {whyWords(t, call).map((words) => (
              <span key={words}>{words}</span>
            ))}
            {devices.length > 1 && device && (
              <span className="number">
                {t("caller.calls.forDevice", { number: device.label || device.number })}
              </span>
            )}
          </div>
          <LastNote number={party?.number ?? null} contact={party?.contact ?? null} />
        </div>
        <span className={classes.life}>
          <Life call={call} />
        </span>
      </div>
      <div className={classes.actions}>
        {can("answerCall") && (
          <Act
            icon={Phone}
            words={t("caller.act.answer")}
            main
            large
            disabled={disabled}
            doing={doing === "answerCall"}
            onAct={answer}
          />
        )}
        {can("deflectCall") && (
          <Act
            icon={ArrowUpRight}
            words={t("caller.act.deflect")}
            large
            pressed={deflecting}
            disabled={disabled}
            onAct={() => setDeflecting(!deflecting)}
          />
        )}
        <Message contact={party?.contact ?? null} />
        <ShowPop call={call} large />
        <Act icon={BellOff} words={t("caller.act.ignore")} large onAct={onIgnore} />
        {can("clearConnection") && (
          <Act
            icon={PhoneOff}
            words={t("caller.act.reject")}
            large
            disabled={disabled}
            doing={doing === "clearConnection"}
            onAct={() => void act("clearConnection", at)}
          />
        )}
        {space && can("answerCall") && (
          <span className={classes.key}>
            <Kbd>{t("caller.act.spaceAnswers")}</Kbd> {t("caller.prefs.keyAnswer")}
          </span>
        )}
      </div>
      {deflecting && (
        <SendPanel call={call} purpose="deflect" onClose={() => setDeflecting(false)} />
      )}
      <Refusal call={call} />
    </article>
  );
}
