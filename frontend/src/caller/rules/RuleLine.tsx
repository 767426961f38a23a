import { ActionIcon, Switch, UnstyledButton } from "@mantine/core";
import { GripVertical } from "lucide-react";
import type { DragEvent, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Rule } from "../../shared/api/rules.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Rules.module.css";
import { effectWords, toWords, whenWords } from "../forwarding/sentence.ts";
import { useRuleChange } from "./useRules.ts";

const KIND = "application/x-tws-rule";

type Props = {
  rule: Rule;
  seconds: number;
  at: number;
  mayChange: boolean;
  onMove: (to: number, id?: string) => void;
  onEdit: () => void;
};

/** One rule as a plain sentence, with its switch; what it does not do is said below. */
export function RuleLine({ rule, seconds, at, mayChange, onMove, onEdit }: Props) {
  const { t } = useTranslation();
  const change = useRuleChange(rule);
  const words = `${whenWords(t, rule, seconds)} → ${toWords(rule)}`;
  const inForce = rule.effects.some((one) => one.effect === "inForce");
  const carried = {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(KIND, rule.id);
      event.dataTransfer.effectAllowed = "move";
    },
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    },
    onDrop: (event: DragEvent) => {
      const carriedId = event.dataTransfer.getData(KIND);
      if (carriedId === "") return;
      event.preventDefault();
      onMove(at, carriedId);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(at + step);
  };
  return (
    <li className={classes.line} data-off={!rule.active || undefined} {...(mayChange ? carried : {})}>
      {mayChange && (
        <ActionIcon
          size="sm"
          variant="subtle"
          className={classes.grip}
          aria-label={t("caller.rules.move", { words })}
          title={t("caller.rules.moveHelp")}
          onKeyDown={onKeyDown}
        >
          <GripVertical size={14} />
        </ActionIcon>
      )}
      <div className={classes.words}>
        <UnstyledButton
          className={classes.sentence}
          disabled={!mayChange}
          aria-label={t("caller.rules.edit", { words })}
          onClick={onEdit}
        >
          {words}
        </UnstyledButton>
        {inForce && <span className={classes.note}>{t("caller.rules.inForce")}</span>}
        {effectWords(t, rule.effects).map((note) => (
          <span key={note} className={classes.note}>
            {note}
          </span>
        ))}
        {change.error && (
          <ProblemLine problem={problemOf(change.error)} onClose={() => change.reset()} />
        )}
      </div>
      <Switch
        size="xs"
        aria-label={words}
        checked={change.isPending ? change.variables.active === true : rule.active}
        disabled={!mayChange || change.isPending}
        onChange={(event) => change.mutate({ active: event.currentTarget.checked })}
      />
    </li>
  );
}
