import { StickyNote } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Note } from "../../shared/api/notes.ts";
import { clockTime, fullTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { NoteBody } from "../notes/NoteBody.tsx";
import { useView } from "../view.tsx";
import classes from "./Journal.module.css";

/** A note that stands for itself: about somebody, a call that is not shown, or nothing. */
export function FreeNote({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { select } = useView();
  const { culture, timeZone } = useCulture();
  const about = note.name || note.display;
  const open = () => {
    if (note.contact) select({ show: "contact", id: note.contact });
    else if (note.number) select({ show: "create", number: note.display, name: note.name });
  };
  return (
    <li className={classes.line}>
      <span className={classes.sign} title={t("caller.notes.title")}>
        <StickyNote size={14} aria-hidden />
        <span className="visually-hidden">{t("caller.notes.title")}</span>
      </span>
      <span className={`time ${classes.time}`} title={fullTime(note.created, culture, timeZone)}>
        {clockTime(note.created, culture, timeZone)}
      </span>
      <span className={classes.who}>
        {about && (
          <button
            type="button"
            className={classes.name}
            data-name
            disabled={!note.contact && !note.number}
            onClick={open}
          >
            {about}
          </button>
        )}
        <NoteBody note={note} />
      </span>
    </li>
  );
}
