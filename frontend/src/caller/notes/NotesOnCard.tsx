import { useTranslation } from "react-i18next";
import { timeOf } from "./when.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { useMayWrite } from "./mayWrite.ts";
import { NoteBody } from "./NoteBody.tsx";
import { NoteField } from "./NoteField.tsx";
import classes from "./Notes.module.css";
import { useNotes } from "./useNotes.ts";

const MOST = 5;

/** The last notes about somebody, and a field for one more. */
export function NotesOnCard({ contact }: { contact: string }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const mayWrite = useMayWrite();
  const notes = useNotes({ contact, limit: MOST });
  if (!mayWrite && notes.length === 0) return null;
  return (
    <section className={classes.onCard} aria-label={t("caller.notes.title")}>
      <h3 className={classes.title}>{t("caller.notes.title")}</h3>
      {mayWrite && <NoteField about={{ contact }} />}
      <ul className={classes.list}>
        {notes.map((note) => (
          <li key={note.id} className={classes.onCardLine}>
            <span className={`time ${classes.when}`}>
              {timeOf(t, note.created, now, culture, timeZone)}
            </span>
            <NoteBody note={note} />
          </li>
        ))}
      </ul>
    </section>
  );
}
