import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { cardsOnly, type Suggestion } from "./suggest.ts";
import { useSuggestions } from "./useSuggestions.ts";

type Options = {
  text: string;
  /** Nothing is dialled from here: cards are opened. */
  cards?: boolean;
  onChoose: (suggestion: Suggestion) => void;
  onEscape: () => void;
};

/** The keyboard of a box with suggestions: up, down, Enter, Alt+Enter, Escape. */
export function useCombobox({ text, cards = false, onChoose, onEscape }: Options) {
  const id = useId();
  const { lines: all, near, open, setOpen, fresh, failed } = useSuggestions(text);
  const lines = cards ? cardsOnly(all) : all;
  const [at, setAt] = useState(0);
  /** The line on which Enter was pressed before the lines were those of this text. */
  const [meant, setMeant] = useState<string | null>(null);
  // A new text starts again from its first line.
  useEffect(() => {
    setAt(0);
    setOpen(null);
    setMeant(null);
  }, [text, setOpen]);
  const index = Math.min(at, lines.length - 1);
  const line = lines[index];
  // Nobody is called but who stood there when the key was pressed.
  useEffect(() => {
    if (meant === null || !fresh) return;
    setMeant(null);
    if (line?.key === meant) onChoose(line);
  }, [meant, fresh, line, onChoose]);

  const move = (by: number) => {
    setMeant(null);
    if (lines.length > 0) setAt((index + by + lines.length) % lines.length);
  };
  const showNumbers = () => {
    const contact = line?.contact;
    if (contact && !line.typed) setOpen(open === contact.id ? null : contact.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && event.altKey) showNumbers();
    else if (event.key === "Enter") {
      // What is typed is known at once; names only once they are those of this text.
      if (line && !event.repeat) {
        if (line.typed || fresh) onChoose(line);
        else setMeant(line.key);
      }
    } else if (event.key === "Escape") onEscape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    lines,
    cards,
    near,
    index,
    setAt,
    open,
    setOpen,
    fresh,
    failed,
    onKeyDown,
    listId: `${id}-list`,
    optionId: (key: string) => `${id}-${key}`,
    active: line ? `${id}-${line.key}` : undefined,
  };
}
