import { Voicemail } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockTime, dayKey, dayName, fullTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { usePhone } from "../phone/Phone.tsx";
import { FreeNote } from "./FreeNote.tsx";
import { isNew, type Item } from "./items.ts";
import classes from "./Journal.module.css";
import { canBeOpened } from "./log.ts";
import { LogLine } from "./LogLine.tsx";

type Props = {
  items: Item[];
  /** Up to when one had looked before; undefined: nothing is marked. */
  seen?: string | null;
};

/** One stop for the Tab key, and what can be done with its line; arrows walk the lines. */
export function Days({ items, seen }: Props) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const lines = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const open = items.filter((item) => item.what === "call" && canBeOpened(item.line));
  const at = open.find((item) => item.id === chosen) ?? open[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement) return;
    const names = [...(lines.current?.querySelectorAll<HTMLElement>("[data-name]:enabled") ?? [])];
    const here = names.findIndex((name) =>
      name.closest("li")?.contains(document.activeElement),
    );
    if (event.key === "ArrowDown") names[here + 1]?.focus();
    else if (event.key === "ArrowUp") names[here - 1]?.focus();
    else if (event.key === "Home") names[0]?.focus();
    else if (event.key === "End") names.at(-1)?.focus();
    else return;
    event.preventDefault();
  };
  const days = Map.groupBy(items, (item) => dayKey(item.at, timeZone));
  const words = { today: t("today"), yesterday: t("yesterday") };
  return (
    <div ref={lines} onKeyDown={onKeyDown}>
      {[...days].map(([day, all]) => (
        <div key={day}>
          <h3 className={classes.day}>
            {dayName(all[0]?.at ?? day, now, culture, timeZone, words)}
          </h3>
          <ul className={classes.list}>
            {all.map((item) => {
              const fresh = seen !== undefined && isNew(item, seen);
              if (item.what === "voice") return <VoiceLine key={item.id} item={item} fresh={fresh} />;
              if (item.what === "note") return <FreeNote key={item.id} note={item.note} />;
              return (
                <LogLine
                  key={item.id}
                  entry={item.line}
                  notes={item.notes}
                  fresh={fresh}
                  stop={item === at}
                  onFocus={() => setChosen(item.id)}
                />
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** Voice messages came; they wait, or have been heard. */
function VoiceLine({ item, fresh }: { item: Item & { what: "voice" }; fresh: boolean }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const { devices } = usePhone();
  const device = devices.find((one) => one.id === item.notice.device);
  const waits = item.notice.heard === null;
  return (
    <li className={classes.line} data-sign={waits ? "missed" : "incoming"} data-new={fresh}>
      <span className={classes.sign}>
        <Voicemail size={14} aria-hidden />
      </span>
      <span className={`time ${classes.time}`} title={fullTime(item.at, culture, timeZone)}>
        {clockTime(item.at, culture, timeZone)}
      </span>
      <span className={classes.who}>
        <span className={classes.name}>
          {t(waits ? "caller.journal.voice" : "caller.journal.voiceHeard")}
        </span>
        {devices.length > 1 && device && (
          <span className={classes.notes}>{device.label || device.number}</span>
        )}
      </span>
    </li>
  );
}
