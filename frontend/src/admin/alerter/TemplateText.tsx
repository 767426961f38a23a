import { Button, NativeSelect } from "@mantine/core";
import { Image, RectangleHorizontal, Type } from "lucide-react";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { TemplateMistakeValue, TokenValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import classes from "./Alerter.module.css";
import { inserted, SNIPPETS } from "./templates.ts";

type Props = {
  text: string;
  tokens: TokenValue[];
  mistakes: TemplateMistakeValue[];
  onChange: (text: string) => void;
};

const ICONS = { text: Type, image: Image, button: RectangleHorizontal } as const;

/** The XML with its lines numbered, and what is wrong with it beside and below. */
export function TemplateText({ text, tokens, mistakes, onChange }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const insert = (more: string) => {
    const field = area.current;
    if (!field) return;
    const next = inserted(text, field.selectionStart, more);
    // Drawn at once: the caret can only stand in text that is there.
    flushSync(() => onChange(next.text));
    field.focus();
    field.setSelectionRange(next.caret, next.caret);
  };
  const show = ({ line, column }: TemplateMistakeValue) => {
    const before = text.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  };
  const wrong = new Map(mistakes.map((one) => [one.line, say(one.said)]));
  return (
    <>
      <InsertBar tokens={tokens} onInsert={insert} />
      <div className={classes.text}>
        <div ref={numbers} className={classes.numbers} aria-hidden>
          {text.split("\n").map((_, at) => (
            <div
              key={at}
              data-wrong={wrong.has(at + 1) || undefined}
              title={wrong.get(at + 1)}
            >
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label={t("admin.alerter.text")}
          aria-invalid={mistakes.length > 0}
          aria-describedby="alerter-mistakes"
          spellCheck={false}
          wrap="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
      <ul id="alerter-mistakes" className={classes.mistakes} aria-live="polite">
        {mistakes.map((one, at) => (
          <li key={at}>
            <button type="button" onClick={() => show(one)}>
              {t("admin.alerter.at", { line: one.line, column: one.column })} {say(one.said)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

type InsertProps = { tokens: TokenValue[]; onInsert: (more: string) => void };

export function InsertBar({ tokens, onInsert }: InsertProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      {(["text", "image", "button"] as const).map((kind) => {
        const Icon = ICONS[kind];
        return (
          <Button
            key={kind}
            size="xs"
            variant="default"
            leftSection={<Icon size={14} aria-hidden />}
            onClick={() => onInsert(SNIPPETS[kind])}
          >
            {t(`admin.alerter.insert.${kind}`)}
          </Button>
        );
      })}
      <TokenChoice tokens={tokens} onInsert={onInsert} />
    </div>
  );
}

/** What may stand between `[-` and `-]`, in three groups. */
export function TokenChoice({ tokens, onInsert }: InsertProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("admin.alerter.insert.token")}
      value=""
      data={[
        { value: "", label: t("admin.alerter.insert.token") },
        ...(["caller", "field", "called"] as const).map((of) => ({
          group: t(`admin.alerter.tokensOf.${of}`),
          items: tokens
            .filter((token) => token.of === of)
            .map(({ name }) => ({ value: name, label: name })),
        })),
      ]}
      onChange={(event) => {
        const name = event.currentTarget.value;
        if (name) onInsert(`[-${name}-]`);
      }}
    />
  );
}
