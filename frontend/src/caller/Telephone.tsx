import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { usePhase } from "../shared/live/context.tsx";
import { LiveBar } from "../shared/ui/LiveBar.tsx";
import { useKeptFocus } from "../shared/ui/useKeptFocus.ts";
import { BottomBar } from "./BottomBar.tsx";
import { Calls } from "./calls/Calls.tsx";
import { Journal } from "./journal/Journal.tsx";
import { Keypad } from "./keypad/Keypad.tsx";
import { NotificationHint } from "./NotificationHint.tsx";
import { Card } from "./people/Card.tsx";
import { People } from "./people/People.tsx";
import { usePhone } from "./phone/Phone.tsx";
import { Queues } from "./queues/Queues.tsx";
import { SideTabs } from "./SideTabs.tsx";
import classes from "./Telephone.module.css";
import { TitleBar } from "./titlebar/TitleBar.tsx";
import { useRingingSigns } from "./useRingingSigns.ts";
import { useView } from "./view.tsx";

const Operator = lazy(async () => ({ default: (await import("./operator/Operator.tsx")).Operator }));

/** The telephone: three columns, two, or one with a bar below, as the screen allows. */
export function Telephone({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const phase = usePhase();
  const { operator } = useView();
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const wide = useMediaQuery("(min-width: 1120px)", true, { getInitialValueInEffect: false });
  useRingingSigns();
  return (
    <div className={classes.page}>
      <TitleBar onLeave={onLeave} />
      <LiveBar />
      {phase === "connecting" ? (
        <main className={classes.wait}>
          <p role="status">{t("live.connecting")}</p>
        </main>
      ) : narrow ? (
        <Narrow />
      ) : (
        <div className={classes.columns} data-wide={wide || undefined}>
          <aside className={classes.side} aria-label={t("caller.regions.people")}>
            {wide ? <People /> : <SideTabs />}
          </aside>
          <main className={classes.middle}>
            <NotificationHint />
            <Calls />
            <Queues />
            <Card />
            {operator && (
              <Suspense>
                <Operator />
              </Suspense>
            )}
          </main>
          {wide && (
            <aside className={classes.side} aria-label={t("caller.regions.journal")}>
              <Journal />
            </aside>
          )}
        </div>
      )}
    </div>
  );
}

function Narrow() {
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
          <Card />
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
