import { ArrowRight, Minus, Voicemail } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Device } from "../../shared/api/types.ts";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./Devices.module.css";
import { foremost } from "./forwarding.ts";
import { markOf as presenceMark, stateWords } from "../presence/words.ts";
import { forwardedWords, markOf, markWords } from "./state.ts";

type Props = {
  device: Device;
  /** How its user is, where that is to be shown: the first sign is his while the device works. */
  presence?: PresenceValue | undefined;
};

/** A device in four signs: its state, a bar for do not disturb, an arrow for forwarding, its messages. */
export function DeviceMarks({ device, presence }: Props) {
  const { t } = useTranslation();
  const { calls, current } = usePhone();
  const mark = markOf(device, calls, current);
  const forwarded = foremost(device);
  return (
    <span className={classes.marks}>
      {presence && mark !== "away" && mark !== "unknown" ? (
        <StateMark mark={presenceMark(presence)} label={stateWords(t, presence)} />
      ) : (
        <StateMark mark={mark} label={markWords(t, mark)} />
      )}
      {current && device.doNotDisturb && (
        <Sign label={t("caller.device.dndOn")}>
          <Minus size={14} strokeWidth={4} />
        </Sign>
      )}
      {current && forwarded && (
        <Sign label={forwardedWords(t, forwarded)}>
          <ArrowRight size={14} strokeWidth={2.5} />
          <span className="number">{forwarded.display}</span>
        </Sign>
      )}
      {current && device.messagesWaiting && (
        <Sign label={t("caller.device.messages")}>
          <Voicemail size={15} />
        </Sign>
      )}
    </span>
  );
}

function Sign({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className={classes.sign} role="img" aria-label={label} title={label}>
      {children}
    </span>
  );
}
