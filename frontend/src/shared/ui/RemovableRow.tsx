import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "./ProblemLine.tsx";
import classes from "./RemovableRow.module.css";

type Props = {
  name: string;
  facts: readonly (string | null | false)[];
  words: {
    /** On the button, and what it removes. */
    remove: string;
    removeOf: string;
    /** What comes of it, and the yes to that. */
    removes: string;
    yes: string;
  };
  onRemove: () => Promise<unknown>;
  onRemoved: () => Promise<void>;
};

/** A line of a list whose thing is taken away once that is confirmed. */
export function RemovableRow({ name, facts, words, onRemove, onRemoved }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({ mutationFn: onRemove, onSuccess: onRemoved });
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.what}>
          {name} <span className={classes.facts}>{facts.filter(Boolean).join(" · ")}</span>
        </span>
        {!asking && (
          <Button variant="default" aria-label={words.removeOf} onClick={() => setAsking(true)}>
            {words.remove}
          </Button>
        )}
      </div>
      {asking && (
        <div className={classes.row}>
          <span className={classes.facts}>{words.removes}</span>
          <Button variant="default" autoFocus onClick={() => setAsking(false)}>
            {t("no")}
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {words.yes}
          </Button>
        </div>
      )}
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
    </li>
  );
}

/** What such lines stand in. */
export function RemovableRows({ children }: { children: React.ReactNode }) {
  return <ul className={classes.list}>{children}</ul>;
}
