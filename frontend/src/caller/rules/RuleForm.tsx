import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { createRule, deleteRule, type Rule, updateRule } from "../../shared/api/rules.ts";
import type {
  CallOrigin,
  ForwardingType,
  Presence,
  RulesValue,
} from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { type Person, PersonPicker } from "../search/PersonPicker.tsx";
import classes from "./Rules.module.css";
import { PRESENCES, SAID, toWords, whenWords } from "../forwarding/sentence.ts";

type Props = { rule: Rule | null; known: RulesValue; onDone: () => void };

const ORIGINS: CallOrigin[] = ["all", "external", "internal"];
const TYPES: ForwardingType[] = ["immediate", "busy", "noAnswer"];

/** A new rule, or one that is changed. What may not be chosen is not there. */
export function RuleForm({ rule, known, onDone }: Props) {
  const { t } = useTranslation();
  const { choices, seconds } = known;
  const origins = ORIGINS.filter((one) => choices.origins.includes(one));
  const types = TYPES.filter((one) => choices.types.includes(one));
  const offered = PRESENCES.filter((one) => choices.presences.includes(one));
  const [origin, setOrigin] = useState(among(origins, rule?.origin ?? "all"));
  const [type, setType] = useState(among(types, rule?.type ?? "noAnswer"));
  const [presences, setPresences] = useState<Presence[]>(
    offered.filter((one) => (rule?.presences ?? SAID).includes(one)),
  );
  const [to, setTo] = useState<Person | null>(
    rule && { number: rule.destination, display: rule.display, name: rule.name },
  );
  const save = useMutation({
    mutationFn: (destination: string) => {
      const fields = { origin, type, presences, destination };
      return rule ? updateRule(rule, fields) : createRule(fields);
    },
    onSuccess: onDone,
  });
  const remove = useMutation({
    mutationFn: async () => rule && deleteRule(rule),
    onSuccess: onDone,
  });
  const problem = save.error ?? remove.error;
  return (
    <div className={classes.form}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("caller.rules.which")}
        data={origins.map((value) => ({ value, label: t(`caller.rules.origin.${value}`) }))}
        value={origin}
        onChange={(value) => setOrigin(value as CallOrigin)}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t("caller.rules.how")}
        data={types.map((value) => ({ value, label: t(`caller.device.fwd.${value}`) }))}
        value={type}
        onChange={(value) => setType(value as ForwardingType)}
      />
      <Checkbox.Group
        label={t("caller.rules.when")}
        labelProps={{ className: classes.label }}
        value={presences}
        onChange={(values) => setPresences(offered.filter((one) => values.includes(one)))}
      >
        <div className={classes.presences}>
          {offered.map((one) => (
            <Checkbox
              key={one}
              size="xs"
              value={one}
              label={t(`caller.rules.presence.${one}`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      {to === null ? (
        <PersonPicker label={t("caller.rules.to")} onPick={setTo} onCancel={onDone} />
      ) : (
        <div className={classes.to}>
          <span className={classes.words}>
            {whenWords(t, { origin, presences, type }, seconds)}{" "}
            <span className="number">→ {toWords(to)}</span>
          </span>
          <Button variant="subtle" size="compact-xs" onClick={() => setTo(null)}>
            {t("caller.rules.other")}
          </Button>
        </div>
      )}
      {problem && <ProblemLine problem={problemOf(problem)} />}
      <div className={classes.acts}>
        {rule && (
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            className={classes.remove}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t("caller.rules.remove")}
          </Button>
        )}
        <Button variant="subtle" color="gray" size="compact-xs" onClick={onDone}>
          {t("cancel")}
        </Button>
        <Button
          size="compact-xs"
          disabled={to === null || presences.length === 0}
          loading={save.isPending}
          onClick={() => to && save.mutate(to.number)}
        >
          {t("caller.rules.save")}
        </Button>
      </div>
    </div>
  );
}

function among<T>(offered: readonly T[], wanted: T): T {
  return offered.includes(wanted) ? wanted : (offered[0] ?? wanted);
}
