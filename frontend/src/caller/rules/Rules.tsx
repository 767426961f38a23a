import { Button } from "@mantine/core";
import { Phone, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { TelephoneForwardingValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { RuleLine } from "./RuleLine.tsx";
import classes from "./Rules.module.css";
import { SAID, toWords, whenWords } from "../forwarding/sentence.ts";
import { useRuleOrder, useRules } from "./useRules.ts";

/** One's forwarding rules in their order, and what was set at the telephone besides. */
export function Rules() {
  const { t } = useTranslation();
  const known = useRules();
  const [opened, setEditing] = useState<string | null>(null);
  const { shown, move, error } = useRuleOrder(known?.rules ?? []);
  if (known === null) return null;
  const { choices, telephones, seconds } = known;
  const editing = choices.change ? opened : null;
  const possible = choices.origins.length * choices.presences.length * choices.types.length > 0;
  if (!choices.change && shown.length === 0 && telephones.length === 0) return null;
  return (
    <section className={classes.rules} aria-label={t("caller.rules.title")}>
      <h3 className={classes.title}>{t("caller.rules.title")}</h3>
      {!choices.change && <p className={classes.quiet}>{t("caller.rules.forbidden")}</p>}
      {choices.change && shown.length === 0 && (
        <p className={classes.quiet}>{t("caller.rules.none")}</p>
      )}
      <ol className={classes.list}>
        {shown.map((rule, at) =>
          editing === rule.id ? (
            <li key={rule.id}>
              <RuleForm rule={rule} known={known} onDone={() => setEditing(null)} />
            </li>
          ) : (
            <RuleLine
              key={rule.id}
              rule={rule}
              seconds={seconds}
              at={at}
              mayChange={choices.change}
              onMove={(to, id = rule.id) => move(id, to)}
              onEdit={() => setEditing(rule.id)}
            />
          ),
        )}
      </ol>
      {error && <ProblemLine problem={problemOf(error)} />}
      <ul className={classes.list}>
        {telephones.map((one) => (
          <AtTelephone key={`${one.device} ${one.type} ${one.origin}`} one={one} />
        ))}
      </ul>
      {choices.change && possible && editing !== "new" && (
        <Button
          variant="subtle"
          size="compact-xs"
          className={classes.add}
          leftSection={<Plus size={14} />}
          onClick={() => setEditing("new")}
        >
          {t("caller.rules.add")}
        </Button>
      )}
      {editing === "new" && (
        <RuleForm rule={null} known={known} onDone={() => setEditing(null)} />
      )}
    </section>
  );
}

function AtTelephone({ one }: { one: TelephoneForwardingValue }) {
  const { t } = useTranslation();
  const told = { origin: one.origin, presences: SAID, type: one.type };
  const words = whenWords(t, told, one.ringDuration);
  return (
    <li className={classes.line}>
      <Phone size={14} aria-hidden className={classes.phone} />
      <div className={classes.words}>
        {words} <span className="number">→ {toWords(one)}</span>
        <span className={classes.note}>{t("caller.rules.made", { number: one.number })}</span>
      </div>
    </li>
  );
}
