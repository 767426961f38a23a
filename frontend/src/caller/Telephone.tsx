import { useMediaQuery } from "@mantine/hooks";
import { type CSSProperties, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../shared/live/preferences.ts";
import { usePhase } from "../shared/live/context.tsx";
import { LiveBar } from "../shared/ui/LiveBar.tsx";
import { useKeptFocus } from "../shared/ui/useKeptFocus.ts";
import { Pops } from "./alerter/Pops.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { Calls } from "./calls/Calls.tsx";
import { useChatSigns } from "./chat/useChatSigns.ts";
import { useProgram } from "./desktop/useProgram.ts";
import { Keypad } from "./keypad/Keypad.tsx";
import { fetchRest, Journal, Operator, Preferences, Queues } from "./later.tsx";
import { NotificationHint } from "./NotificationHint.tsx";
import { Card } from "./people/Card.tsx";
import { People } from "./people/People.tsx";
import { usePhone } from "./phone/Phone.tsx";
import { useHotKeysCall } from "./preferences/useHotKeys.ts";
import { SideTabs } from "./SideTabs.tsx";
import classes from "./Telephone.module.css";
import { TitleBar } from "./titlebar/TitleBar.tsx";
import { useRingingSigns } from "./useRingingSigns.ts";
import { useScreenPop } from "./useScreenPop.ts";
import { useSelectedNumber } from "./useSelectedNumber.ts";
import { useView } from "./view.tsx";

/** The telephone: three columns, two, or one with a bar below, as the screen allows. */
export function Telephone({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const phase = usePhase();
  const { operator, selection } = useView();
  const beside = operator && selection !== null && selection.show !== "preferences";
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const wide = useMediaQuery("(min-width: 1120px)", true, { getInitialValueInEffect: false });
  const vip = usePreferences()?.vipColour;
  useEffect(fetchRest, []);
  useRingingSigns();
  useScreenPop();
  useHotKeysCall(useSelectedNumber());
  useChatSigns();
  useProgram();
  return (
    <div className={classes.page} style={vip ? ({ "--vip": vip } as CSSProperties) : undefined}>
      <TitleBar onLeave={onLeave} />
      <LiveBar />
      {phase === "connecting" ? (
        <Connecting />
      ) : narrow ? (
        <Suspense fallback={<Connecting />}>
          <Narrow onLeave={onLeave} />
        </Suspense>
      ) : (
        <Suspense fallback={<Connecting />}>
          <div className={classes.columns} data-wide={wide || undefined}>
            <aside className={classes.side} aria-label={t("caller.regions.people")}>
              {/* Beside the panel the card takes this place: the panel stays where it is. */}
              <div className={classes.whole} hidden={beside}>
                {wide ? <People /> : <SideTabs />}
              </div>
              {beside && (
                <div className={classes.beside}>
                  <Card />
                </div>
              )}
            </aside>
            <main className={classes.middle}>
              <NotificationHint />
              <Calls />
              <Queues />
              {!(operator && selection?.show !== "preferences") && <Chosen onLeave={onLeave} />}
              {operator && <Operator />}
            </main>
            {wide && (
              <aside className={classes.side} aria-label={t("caller.regions.journal")}>
                <Journal />
              </aside>
            )}
          </div>
        </Suspense>
      )}
      <Pops />
    </div>
  );
}

function Connecting() {
  const { t } = useTranslation();
  return (
    <main className={classes.wait}>
      <p role="status">{t("live.connecting")}</p>
    </main>
  );
}

function Narrow({ onLeave }: { onLeave: () => void }) {
  const { place: chosen, selection } = useView();
  const { dialling } = usePhone();
  const place = chosen === "keypad" && dialling === "lacking" ? "calls" : chosen;
  const kept = useKeptFocus<HTMLElement>();
  return (
    <>
      <main ref={kept} className={classes.narrow} data-place={place} tabIndex={-1}>
        {(place === "calls" || selection) && <Calls />}
        {place === "calls" && !selection && <Queues />}
        {selection ? (
          <Chosen onLeave={onLeave} />
        ) : (
          <>
            {place === "calls" && <NotificationHint />}
            {place === "people" && <People />}
            {place === "journal" && <Journal />}
            {place === "keypad" && <Keypad />}
          </>
        )}
      </main>
      <BottomBar place={place} />
    </>
  );
}

function Chosen({ onLeave }: { onLeave: () => void }) {
  const { selection } = useView();
  if (selection?.show !== "preferences") return <Card />;
  return <Preferences onLeave={onLeave} />;
}
