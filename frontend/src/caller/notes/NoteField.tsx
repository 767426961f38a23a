import { Button, Checkbox, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type About, createNote, type Note, updateNote } from "../../shared/api/notes.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useDraft } from "../writing.tsx";
import classes from "./Notes.module.css";
import { useNoteChange } from "./useNotes.ts";

const LONGEST = 2000;

type Props = {
  about?: About;
  /** The one that is changed; none: a new one is written. */
  note?: Note;
  /** It was called for: it has the focus, and can be given up. */
  onClose?: () => void;
};

/** Writes a note, or changes one. */
export function NoteField({ about = {}, note, onClose }: Props) {
  const { t } = useTranslation();
  const before = note?.text ?? "";
  const [text, setText] = useDraft(`note ${note?.id ?? about.contact ?? about.call ?? ""}`, before);
  const [isPublic, setPublic] = useState(note?.public ?? false);
  const save = useNoteChange(
    () => (note ? updateNote(note, text, isPublic) : createNote(text, isPublic, about)),
    () => {
      setText(before);
      setPublic(false);
      onClose?.();
    },
  );
  const giveUp = onClose && (() => {
    setText(before);
    onClose();
  });
  const written = text.trim() !== "";
  const open = written || onClose !== undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && giveUp) giveUp();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && written) save.mutate(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className={classes.field}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (written) save.mutate(null);
      }}
    >
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={LONGEST}
        aria-label={t("caller.notes.text")}
        placeholder={t("caller.notes.text")}
        autoFocus={onClose !== undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {open && (
        <div className={classes.how}>
          <Checkbox
            size="xs"
            label={t("caller.notes.public")}
            title={t("caller.notes.publicHelp")}
            checked={isPublic}
            onChange={(event) => setPublic(event.currentTarget.checked)}
          />
          {giveUp && (
            <Button size="compact-xs" variant="default" onClick={giveUp}>
              {t("cancel")}
            </Button>
          )}
          <Button
            type="submit"
            size="compact-xs"
            disabled={!written}
            loading={save.isPending}
          >
            {t(note ? "save" : "caller.notes.write")}
          </Button>
        </div>
      )}
      {save.error && <ProblemLine problem={problemOf(save.error)} />}
    </form>
  );
}
