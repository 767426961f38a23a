import { Button } from "@mantine/core";
import { Globe, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteNote, type Note } from "../../shared/api/notes.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useMayWrite } from "./mayWrite.ts";
import { NoteField } from "./NoteField.tsx";
import classes from "./Notes.module.css";
import { useNoteChange } from "./useNotes.ts";

/** What a note says, who said it where it is another's, and what its author can do with it. */
export function NoteBody({ note }: { note: Note }) {
  const { t } = useTranslation();
  const mayWrite = useMayWrite();
  const [changing, setChanging] = useState(false);
  const [removing, setRemoving] = useState(false);
  const remove = useNoteChange(() => deleteNote(note));
  if (changing && mayWrite) return <NoteField note={note} onClose={() => setChanging(false)} />;
  return (
    <div className={classes.note}>
      <p className={classes.text}>{note.text}</p>
      <p className={classes.by}>
        {note.public && (
          <span className={classes.public} title={t("caller.notes.publicHelp")}>
            <Globe size={12} aria-hidden />
            {note.mine ? t("caller.notes.isPublic") : note.author}
          </span>
        )}
        {note.mine && (
          <span className={classes.acts}>
            {mayWrite && (
              <button
                type="button"
                className={classes.act}
                aria-label={t("caller.notes.change")}
                title={t("caller.notes.change")}
                onClick={() => setChanging(true)}
              >
                <Pencil size={12} aria-hidden />
              </button>
            )}
            <button
              type="button"
              className={classes.act}
              aria-label={t("caller.notes.remove")}
              title={t("caller.notes.remove")}
              aria-expanded={removing}
              onClick={() => setRemoving(!removing)}
            >
              <Trash2 size={12} aria-hidden />
            </button>
          </span>
        )}
      </p>
      {removing && (
        <Button
          size="compact-xs"
          color="red"
          variant="light"
          autoFocus
          loading={remove.isPending}
          onClick={() => remove.mutate(null)}
        >
          {t("caller.notes.removeIt")}
        </Button>
      )}
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
    </div>
  );
}
