import { ActionIcon, Button } from "@mantine/core";
import { Minus, Plus } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./Card.module.css";

type Props<Line extends { key: number }> = {
  legend: string;
  lines: Line[];
  fresh: () => Line;
  onChange: (lines: Line[]) => void;
  words: { add: string; remove: string };
  most: number;
  error?: ReactNode;
  /** The inputs of one line; the last one is where typing begins. */
  children: (line: Line, change: (more: Partial<Line>) => void) => ReactNode;
};

/** Several of a kind, to be added and removed; the keyboard goes where the next thing is typed. */
export function Lines<Line extends { key: number }>({ children, ...props }: Props<Line>) {
  const { legend, lines, fresh, onChange, words, most, error } = props;
  const whole = useRef<HTMLFieldSetElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState<number | null>(null);
  useEffect(() => {
    const inputs = whole.current?.querySelectorAll<HTMLElement>(`[data-line="${added}"] input`);
    inputs?.item(inputs.length - 1)?.focus();
  }, [added]);
  const change = (key: number, more: Partial<Line>) =>
    onChange(lines.map((one) => (one.key === key ? { ...one, ...more } : one)));
  return (
    <fieldset ref={whole} className={classes.fieldset}>
      <legend className={classes.legend}>{legend}</legend>
      {lines.map((one) => (
        <div key={one.key} data-line={one.key} className={classes.line}>
          {children(one, (more) => change(one.key, more))}
          <ActionIcon
            aria-label={words.remove}
            title={words.remove}
            onClick={() => {
              onChange(lines.filter((other) => other.key !== one.key));
              adding.current?.focus();
            }}
          >
            <Minus size={15} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      <Button
        ref={adding}
        variant="subtle"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={lines.length >= most}
        onClick={() => {
          const one = fresh();
          onChange([...lines, one]);
          setAdded(one.key);
        }}
      >
        {words.add}
      </Button>
    </fieldset>
  );
}
