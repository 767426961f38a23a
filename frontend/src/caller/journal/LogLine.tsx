import {
  ArrowDownLeft,
  ArrowUpRight,
  CornerDownRight,
  Phone,
  StickyNote,
  UserRoundPlus,
  X,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Note } from "../../shared/api/notes.ts";
import { clockTime, fullTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useMayWrite } from "../notes/mayWrite.ts";
import { NoteBody } from "../notes/NoteBody.tsx";
import { NoteField } from "../notes/NoteField.tsx";
import { useDial, usePhone } from "../phone/Phone.tsx";
import { useView } from "../view.tsx";
import classes from "./Journal.module.css";
import { canBeOpened, type Line, type Sign, signOf } from "./log.ts";
import { logFigure, logName, logNotes, logRang } from "./words.ts";

type Props = {
  entry: Line;
  /** About this call. */
  notes?: Note[];
  short?: boolean;
  /** One has not seen it yet. */
  fresh?: boolean;
  /** The Tab key stops here. */
  stop?: boolean;
  onFocus?: () => void;
};

/** One call that is over: when, who, how long, and what became of it. */
export function LogLine(props: Props) {
  const { entry, notes: written = [], short = false, fresh = false, stop = true, onFocus } = props;
  const { t } = useTranslation();
  const { select } = useView();
  const { dialling } = usePhone();
  const dial = useDial();
  const { culture, timeZone } = useCulture();
  const mayWrite = useMayWrite();
  const [writing, setWriting] = useState(false);
  const name = logName(t, entry);
  const sign = signOf(entry);
  const notes = logNotes(t, entry);
  const rang = logRang(t, entry);
  const tabIndex = stop ? 0 : -1;
  const open = () => {
    if (entry.contact) select({ show: "contact", id: entry.contact });
    else if (entry.number) select({ show: "create", number: entry.display, name: entry.name });
  };
  return (
    <li className={classes.line} data-sign={sign} data-new={fresh} onFocus={onFocus}>
      <SignIcon sign={sign} />
      <span className={`time ${classes.time}`} title={fullTime(entry.started, culture, timeZone)}>
        {clockTime(entry.started, culture, timeZone)}
      </span>
      <span className={classes.who}>
        {short ? (
          <span className="number">{entry.display}</span>
        ) : (
          <button
            type="button"
            className={classes.name}
            data-name
            tabIndex={tabIndex}
            disabled={!canBeOpened(entry)}
            title={entry.name ? entry.display : undefined}
            onClick={open}
          >
            {name}
          </button>
        )}
        {notes.length > 0 && <span className={classes.notes}>{notes.join(" · ")}</span>}
      </span>
      <span className={`time ${classes.figure}`} title={rang || undefined}>
        {logFigure(t, entry)}
        {entry.answered && rang && <span className="visually-hidden">, {rang}</span>}
      </span>
      {!short && (entry.number || mayWrite) && (
        <span className={classes.acts}>
          {entry.number && !entry.contact && (
            <button
              type="button"
              className={classes.act}
              tabIndex={tabIndex}
              aria-label={`${t("caller.act.create")}, ${name}`}
              title={t("caller.act.create")}
              onClick={open}
            >
              <UserRoundPlus size={14} aria-hidden />
            </button>
          )}
          {entry.number && dialling !== "lacking" && (
            <button
              type="button"
              className={classes.act}
              tabIndex={tabIndex}
              aria-label={t("caller.act.callNumber", { name, number: entry.display })}
              title={t("caller.journal.back")}
              disabled={dialling === "notNow"}
              onClick={() => void dial(entry.number, name)}
            >
              <Phone size={14} aria-hidden />
            </button>
          )}
          {mayWrite && (
            <button
              type="button"
              className={classes.act}
              tabIndex={tabIndex}
              aria-label={`${t("caller.notes.add")}, ${name}`}
              title={t("caller.notes.add")}
              onClick={() => setWriting(true)}
            >
              <StickyNote size={14} aria-hidden />
            </button>
          )}
        </span>
      )}
      {(written.length > 0 || (writing && mayWrite)) && (
        <div className={classes.written}>
          {written.map((note) => (
            <NoteBody key={note.id} note={note} />
          ))}
          {writing && mayWrite && (
            <NoteField about={{ call: entry.id }} onClose={() => setWriting(false)} />
          )}
        </div>
      )}
    </li>
  );
}

function SignIcon({ sign }: { sign: Sign }) {
  const { t } = useTranslation();
  const Icon = ICONS[sign];
  const words = t(`caller.journal.kind.${sign}`);
  return (
    <span className={classes.sign} title={words}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

const ICONS = {
  incoming: ArrowDownLeft,
  outgoing: ArrowUpRight,
  missed: X,
  failed: ArrowUpRight,
  passed: CornerDownRight,
};
