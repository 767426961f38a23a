import { ArrowRightLeft, ArrowUpRight, Grid3x3, Merge, PhoneOff, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { pieces } from "../../shared/ui/useKeptFocus.ts";
import { Act } from "./Act.tsx";
import { CallFace } from "./CallFace.tsx";
import { Refusal } from "./CallRow.tsx";
import classes from "./Calls.module.css";
import { Digits } from "./Digits.tsx";
import { useCallActions } from "./useCallActions.ts";

/** A call on hold and the one made meanwhile, joined: transfer, merge, swap, or back. */
export function Consultation({ active, held }: { active: Call; held: Call }) {
  const { t } = useTranslation();
  const [digits, setDigits] = useState(false);
  const { can, doing, disabled, act } = useCallActions(active);
  const both = { held: held.connection, active: active.connection };
  return (
    <article
      className={`${classes.row} ${classes.joined}`}
      {...pieces(active.connection, held.connection)}
    >
      <CallFace call={active} />
      <div className={classes.heldLine}>
        <CallFace call={held} />
      </div>
      <div className={classes.actions}>
        {can("transferCall") && (
          <Act
            icon={ArrowUpRight}
            words={t("caller.act.transfer")}
            main
            disabled={disabled}
            doing={doing === "transferCall"}
            onAct={() => void act("transferCall", both)}
          />
        )}
        {can("conferenceCall") && (
          <Act
            icon={Merge}
            words={t("caller.act.merge")}
            disabled={disabled}
            doing={doing === "conferenceCall"}
            onAct={() => void act("conferenceCall", both)}
          />
        )}
        {can("alternateCall") && (
          <Act
            icon={ArrowRightLeft}
            words={t("caller.act.swap")}
            disabled={disabled}
            doing={doing === "alternateCall"}
            onAct={() => void act("alternateCall", both)}
          />
        )}
        {can("reconnectCall") && (
          <Act
            icon={Undo2}
            words={t("caller.act.back")}
            help={t("caller.act.backHelp")}
            disabled={disabled}
            doing={doing === "reconnectCall"}
            onAct={() => void act("reconnectCall", both)}
          />
        )}
        {can("generateDigits") && (
          <Act
            icon={Grid3x3}
            words={t("caller.act.digits")}
            pressed={digits}
            disabled={disabled}
            onAct={() => setDigits(!digits)}
          />
        )}
        {can("clearConnection") && (
          <Act
            icon={PhoneOff}
            words={t("caller.act.end")}
            end
            disabled={disabled}
            doing={doing === "clearConnection"}
            onAct={() => void act("clearConnection", { connection: active.connection })}
          />
        )}
      </div>
      {digits && <Digits call={active} onClose={() => setDigits(false)} />}
      <Refusal call={active} />
      <Refusal call={held} />
    </article>
  );
}
