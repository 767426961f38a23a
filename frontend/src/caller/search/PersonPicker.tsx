import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./PersonPicker.module.css";
import { Suggestions } from "./Suggestions.tsx";
import type { Suggestion } from "./suggest.ts";
import { useCombobox } from "./useCombobox.ts";

/** Somebody to send a call to, or to bring into it. */
export type Person = { number: string; display: string; name: string | null };

type Props = { label: string; onPick: (person: Person) => void; onCancel: () => void };

export function PersonPicker({ label, onPick, onCancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const pick = ({ number, display, name }: Suggestion) => {
    if (number !== "") onPick({ number, display, name });
  };
  const box = useCombobox({ text, onChoose: pick, onEscape: onCancel });
  const expanded = text.trim() !== "";
  return (
    <div className={classes.picker}>
      <TextInput
        role="combobox"
        label={label}
        placeholder={t("caller.panel.who")}
        aria-expanded={expanded}
        aria-controls={expanded ? box.listId : undefined}
        aria-activedescendant={expanded ? box.active : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={box.onKeyDown}
      />
      {expanded && (
        <div className={classes.sheet}>
          <Suggestions box={box} text={text} onChoose={pick} />
        </div>
      )}
    </div>
  );
}
