import type { ReactNode } from "react";
import { type Mark, StateMark } from "./StateMark.tsx";
import classes from "./StateWords.module.css";

type Props = {
  mark: Mark;
  /** The state in words. */
  words: string;
  /** What the mark alone says, where that is something else. */
  label?: string;
  children?: ReactNode;
};

/** A state's mark, and its words behind it. */
export function StateWords({ mark, words, label = words, children }: Props) {
  return (
    <span className={classes.state}>
      <StateMark mark={mark} label={label} /> {words}
      {children}
    </span>
  );
}
