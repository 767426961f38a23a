import { ArrowRight, Minus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import classes from "./Presence.module.css";
import { markOf, stateWords } from "./words.ts";

type Props = { presence: PresenceValue | undefined };

/** How somebody is, as a colour with its shape; a bar for do-not-disturb, an arrow for forwarding. */
export function PresenceSign({ presence }: Props) {
  const { t } = useTranslation();
  const phone = presence?.telephone;
  return (
    <span className={classes.sign}>
      <StateMark mark={markOf(presence)} label={stateWords(t, presence)} />
      {phone?.doNotDisturb && presence?.because !== "doNotDisturb" && (
        <Shape label={t("caller.presence.doNotDisturb")}>
          <Minus size={12} strokeWidth={4} />
        </Shape>
      )}
      {presence?.because === "doNotDisturb" && <Minus size={12} strokeWidth={4} aria-hidden />}
      {phone?.forwarding && (
        <Shape
          label={
            phone.forwarding.display
              ? t("caller.device.forwarded", { to: phone.forwarding.display })
              : t("caller.presence.forwarded")
          }
        >
          <ArrowRight size={13} strokeWidth={2.5} />
        </Shape>
      )}
    </span>
  );
}

/** The place of a sign, of whoever has none: names stand in one line. */
export function NoSign() {
  return <span className={classes.sign} />;
}

function Shape({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className={classes.shape} role="img" aria-label={label} title={label}>
      {children}
    </span>
  );
}
