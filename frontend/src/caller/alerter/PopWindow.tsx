import { Button, CloseButton } from "@mantine/core";
import { ArrowUpRight, ExternalLink, Phone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PopValue } from "../../shared/api/types.generated.ts";
import type { Call } from "../../shared/api/types.ts";
import { inkOn } from "../../shared/pop/colour.ts";
import { Drawing } from "../../shared/pop/Drawing.tsx";
import { framed } from "../../shared/pop/frames.ts";
import { Act } from "../calls/Act.tsx";
import { callName } from "../calls/names.ts";
import { SendPanel } from "../calls/SendPanel.tsx";
import { useCallActions } from "../calls/useCallActions.ts";
import { wish } from "../phone/pops.ts";
import classes from "./PopWindow.module.css";
import { useDragged } from "./useDragged.ts";
import { useProgram } from "./useProgram.ts";
import { useVipColour } from "./useVipColour.ts";

type Props = { call: Call; pop: PopValue; place: number };

/** Pixels by which windows of several calls stand apart. */
const APART = 28;

/** The pop of one call: the call's buttons, and under them what the template draws, or a page. */
export function PopWindow({ call, pop, place }: Props) {
  const { t } = useTranslation();
  const { moved, begin } = useDragged();
  const name = callName(t, call);
  const title = t("caller.pop.title", { name });
  const vip = useVipColour();
  const { run, said } = useProgram(call.connection);
  const colours = pop.vip ? { background: vip, color: inkOn(vip) } : undefined;
  const [x, y] = [moved.x - place * APART, moved.y - place * APART];
  return (
    <section
      className={classes.window}
      data-pop
      aria-label={title}
      data-vip={pop.vip || undefined}
      style={{ transform: `translate(${x}px, ${y}px)`, ...colours }}
    >
      <header className={classes.head} onPointerDown={begin}>
        <h2 className={classes.title}>{name}</h2>
        <CloseButton
          size="sm"
          aria-label={t("caller.pop.close")}
          onClick={() => wish(call.connection, "closed")}
        />
      </header>
      <Actions call={call} />
      <div className={classes.content} style={{ width: pop.width, height: pop.height }}>
        {pop.mode === "URL" ? (
          <Page pop={pop} title={title} />
        ) : (
          <Drawing pop={pop} label={t("caller.pop.card", { name })} onRun={run} />
        )}
      </div>
      <p role="status" className={classes.said}>
        {said}
      </p>
    </section>
  );
}

/** Answer and deflect (9.2.1). */
function Actions({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [deflecting, setDeflecting] = useState(false);
  const { can, doing, disabled, act } = useCallActions(call);
  return (
    <>
      <div className={classes.actions}>
        {can("answerCall") && (
          <Act
            icon={Phone}
            words={t("caller.act.answer")}
            main
            disabled={disabled}
            doing={doing === "answerCall"}
            onAct={() => void act("answerCall", { connection: call.connection })}
          />
        )}
        {can("deflectCall") && (
          <Act
            icon={ArrowUpRight}
            words={t("caller.act.deflect")}
            pressed={deflecting}
            disabled={disabled}
            onAct={() => setDeflecting(!deflecting)}
          />
        )}
      </div>
      {deflecting && can("deflectCall") && (
        <div className={classes.note}>
          <SendPanel call={call} purpose="deflect" onClose={() => setDeflecting(false)} />
        </div>
      )}
    </>
  );
}

/** Mode URL. Sites that let nobody show them in a frame have their button. */
function Page({ pop, title }: { pop: PopValue; title: string }) {
  const { t } = useTranslation();
  if (!pop.address) {
    return <p className={classes.note}>{t(pop.settled ? "caller.pop.noPage" : "caller.pop.waits")}</p>;
  }
  return (
    <>
      <div className={classes.actions}>
        <Button
          component="a"
          size="compact-xs"
          variant="subtle"
          href={pop.address}
          target="_blank"
          rel="noopener noreferrer"
          leftSection={<ExternalLink size={14} aria-hidden />}
        >
          {t("caller.pop.apart")}
        </Button>
      </div>
      <iframe className={classes.page} title={title} src={framed("page", pop.address)} />
    </>
  );
}
