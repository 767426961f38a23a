import { StickyNote } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import classes from "./Notes.module.css";
import { useNotes } from "./useNotes.ts";
import { timeOf } from "./when.ts";

type Props = { number: string | null; contact: string | null };

/** The last note about who is calling. */
export function LastNote({ number, contact }: Props) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const [note] = useNotes(number || contact ? { number, contact, limit: 1 } : null);
  if (!note) return null;
  const when = timeOf(t, note.created, now, culture, timeZone);
  return (
    <p className={classes.last} aria-label={t("caller.notes.last")}>
      <StickyNote size={14} aria-hidden />
      <span className={classes.text}>{note.text}</span>
      <span className={classes.when}>{note.mine ? when : `${note.author}, ${when}`}</span>
    </p>
  );
}
