import { ChevronDown, ChevronUp, CornerDownLeft, IdCard, Phone } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Vip } from "../face/Vip.tsx";
import { AlsoLine } from "./AlsoLine.tsx";
import classes from "./Suggestions.module.css";
import type { Suggestion } from "./suggest.ts";
import type { useCombobox } from "./useCombobox.ts";

type Props = {
  box: ReturnType<typeof useCombobox>;
  text: string;
  onChoose: (suggestion: Suggestion) => void;
  onOpen?: (suggestion: Suggestion) => void;
};

/** The lines under a box. The mouse calls by the line, and opens the card by its own button. */
export function Suggestions({ box, text, onChoose, onOpen }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.active) document.getElementById(box.active)?.scrollIntoView({ block: "nearest" });
  }, [box.active]);
  if (text.trim() === "") return null;
  const nobody = box.cards ? "caller.search.nobody" : "caller.search.none";
  return (
    <div className={classes.sheet}>
      {box.near && (
        <p className={classes.near} role="status">
          {t("caller.search.near")}
        </p>
      )}
      {box.lines.length > 0 ? (
        <div
          ref={list}
          id={box.listId}
          role="listbox"
          aria-label={t("caller.search.results")}
          className={classes.list}
        >
          {box.lines.map((line, at) => (
            <Line
              key={line.key}
              id={box.optionId(line.key)}
              line={line}
              card={box.cards || line.number === ""}
              selected={at === box.index}
              open={box.open !== null && box.open === line.contact?.id}
              onPoint={() => box.setAt(at)}
              onChoose={() => onChoose(line)}
              onOpen={onOpen && line.contact ? () => onOpen(line) : undefined}
              onNumbers={() =>
                box.setOpen(box.open === line.contact?.id ? null : (line.contact?.id ?? null))
              }
            />
          ))}
        </div>
      ) : (
        <p className={classes.none} role="status">
          {box.fresh ? t(nobody) : t("caller.search.searching")}
        </p>
      )}
    </div>
  );
}

type LineProps = {
  id: string;
  line: Suggestion;
  /** Choosing it opens a card. */
  card: boolean;
  selected: boolean;
  open: boolean;
  onPoint: () => void;
  onChoose: () => void;
  onOpen: (() => void) | undefined;
  onNumbers: () => void;
};

function Line(props: LineProps) {
  const { id, line, card, selected, open, onPoint, onChoose, onOpen, onNumbers } = props;
  const { t } = useTranslation();
  const kind = line.kind ? t(`caller.numberType.${line.kind}`) : "";
  return (
    // The keyboard is the box's: these lines are its options.
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={classes.line}
      data-further={line.further || undefined}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {card ? (
        <IdCard size={14} aria-hidden className={classes.icon} />
      ) : (
        <Phone size={14} aria-hidden className={classes.icon} />
      )}
      <span className={classes.who}>
        {!line.further && (
          <span className={classes.name}>
            {line.name ?? (line.typed ? t("caller.search.dial") : t("unknown"))}
          </span>
        )}
        {!line.further && line.contact && line.contact.vip !== null && (
          <span className={classes.vip}>
            <Vip vip={line.contact.vip} brief />
          </span>
        )}
        {!line.further && line.company && <span className={classes.company}>{line.company}</span>}
        {line.typed && !line.name && (
          <span className={classes.company}>
            {t(line.tooLong ? "caller.search.tooLong" : "caller.search.unknownNumber")}
          </span>
        )}
      </span>
      {line.dials && line.dials !== line.number && (
        <span className={`${classes.kind} ${classes.dials}`}>{t("caller.search.dials", { digits: line.dials })}</span>
      )}
      <span className={classes.kind}>{kind}</span>
      <span className={`number ${classes.number}`} title={line.number}>
        {line.number === "" ? t("caller.card.hidden") : line.display}
      </span>
      {line.others > 0 && !line.further ? (
        <Extra label={t("caller.search.hint")} onClick={onNumbers}>
          {open ? <ChevronUp size={14} /> : <ChevronDown size={14} />}
        </Extra>
      ) : (
        <span className={classes.enter}>
          {selected && <CornerDownLeft size={13} aria-hidden />}
        </span>
      )}
      {onOpen && !line.further ? (
        <Extra
          label={t("caller.search.open", { name: line.name ?? line.display })}
          onClick={onOpen}
        >
          <IdCard size={15} />
        </Extra>
      ) : (
        <span className={classes.extra} />
      )}
      {line.also && <AlsoLine also={line.also} className={classes.also} />}
    </div>
  );
}

/** For the mouse only: the keyboard has Alt+Enter, and the card has its own place. */
function Extra({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    // No button: an option cannot hold one.
    <span
      className={classes.extra}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      {children}
    </span>
  );
}
