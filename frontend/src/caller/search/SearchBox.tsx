import { ActionIcon, CloseButton, Kbd, TextInput } from "@mantine/core";
import { EyeOff, Search, TextSearch } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useStore } from "../../shared/store.ts";
import { ask, asked } from "../asked/asked.ts";
import { useDial, usePhone } from "../phone/Phone.tsx";
import { useHiding } from "../phone/hiding.ts";
import { useView } from "../view.tsx";
import classes from "./SearchBox.module.css";
import { Suggestions } from "./Suggestions.tsx";
import type { Suggestion } from "./suggest.ts";
import { useCombobox } from "./useCombobox.ts";

/** Search or dial: the way to everybody. `/` comes here from anywhere. */
export function SearchBox() {
  const { t } = useTranslation();
  const { device, current, dialling } = usePhone();
  const { select, advanced, searchByField } = useView();
  const byField = useAuthorised("AuthorizedAdvancedSearch");
  const dial = useDial();
  const hiding = useHiding(device);
  const only = dialling === "lacking";
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [shown, setShown] = useState(false);
  const [chosen, setChosen] = useState<Suggestion | null>(null);
  useSlash(input);
  const wanted = useStore(asked);
  // What a link asks for stands there as if it had been typed: one more gesture calls.
  useEffect(() => {
    if (wanted === null) return;
    setText(wanted);
    setShown(true);
    input.current?.focus();
    ask(null);
  }, [wanted]);

  const openCard = (line: Suggestion) => {
    setShown(false);
    if (line.contact) select({ show: "contact", id: line.contact.id });
  };
  const choose = (line: Suggestion) => {
    if (only || line.number === "") return openCard(line);
    if (!device) return setChosen(current ? null : line);
    setText("");
    setShown(false);
    if (line.contact) select({ show: "contact", id: line.contact.id });
    void dial(line.number, line.name ?? line.display);
  };
  // Whoever is quicker than the page that has just opened is called once its telephone is known.
  useEffect(() => {
    if (!chosen || !(device || current)) return;
    setChosen(null);
    choose(chosen);
  });
  const box = useCombobox({
    text,
    cards: only,
    onChoose: choose,
    onEscape: () => {
      setText("");
      setChosen(null);
      input.current?.blur();
    },
  });
  const expanded = shown && text.trim() !== "";
  return (
    <search className={classes.box}>
      <TextInput
        ref={input}
        className={classes.input}
        role="combobox"
        aria-label={t(only ? "caller.search.labelOnly" : "caller.search.label")}
        aria-expanded={expanded}
        aria-controls={expanded ? box.listId : undefined}
        aria-activedescendant={expanded ? box.active : undefined}
        aria-autocomplete="list"
        placeholder={t(only ? "caller.search.placeholderOnly" : "caller.search.placeholder")}
        // Not before it is known that there is no telephone: what is typed at once is not lost.
        disabled={current && !device}
        autoComplete="off"
        spellCheck={false}
        leftSection={<Search size={16} aria-hidden />}
        rightSection={
          text ? (
            <CloseButton
              size="sm"
              aria-label={t("caller.search.clear")}
              onClick={() => setText("")}
            />
          ) : (
            <Kbd className={classes.key}>/</Kbd>
          )
        }
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(null);
          setShown(true);
        }}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={box.onKeyDown}
      />
      {hiding.offered && (
        <ActionIcon
          variant={hiding.hidden ? "light" : "subtle"}
          size={34}
          aria-label={t("caller.search.withoutNumber")}
          title={t("caller.search.withoutNumber")}
          aria-pressed={hiding.hidden}
          onClick={hiding.toggle}
        >
          <EyeOff size={17} aria-hidden />
        </ActionIcon>
      )}
      {byField && (
        <ActionIcon
          variant="subtle"
          size={34}
          aria-label={t("caller.advanced.title")}
          title={t("caller.advanced.title")}
          aria-pressed={advanced}
          onClick={() => searchByField(!advanced)}
        >
          <TextSearch size={17} aria-hidden />
        </ActionIcon>
      )}
      {expanded && (
        <div className={classes.sheet}>
          <Suggestions box={box} text={text} onChoose={choose} onOpen={openCard} />
        </div>
      )}
    </search>
  );
}

function useSlash(input: React.RefObject<HTMLInputElement | null>) {
  // In the same turn as the box is shown: a key pressed at once is not lost.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isEditing(document.activeElement)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [input]);
}

/** Whether a key pressed now writes into a field. */
export function isEditing(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}
