import { Button, Checkbox, SegmentedControl, TextInput, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Download, Plus, Trash2, Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Form } from "../form/useForm.ts";
import classes from "./DialPlan.module.css";
import { added, changedAt, contentOf, type Draft, type Rule } from "./plan.ts";

type Which = "outgoing" | "incoming";

/** Outgoing and incoming rules: one is applied, the matching one with the lowest priority. */
export function Rules({ form, path }: { form: Form<Draft>; path: string }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<Which>("outgoing");
  const field = which === "outgoing" ? "outgoingRules" : "incomingRules";
  const rules = form.draft[field];
  const set = (changed: Rule[]) =>
    form.set(
      which === "outgoing"
        ? { outgoingRules: changed, defaultOutgoing: false }
        : { incomingRules: changed },
    );
  const reading = useMutation({
    mutationFn: async (file: File) =>
      request<Rule[]>("POST", `${path}/rules`, { body: { content: await contentOf(file) } }),
    onSuccess: set,
  });
  const refused = form.problem?.row === undefined ? undefined : form.problem.field;
  useEffect(() => {
    if (refused === "outgoingRules") setWhich("outgoing");
    if (refused === "incomingRules") setWhich("incoming");
  }, [refused]);
  const wrong = form.problem?.field === field ? Number(form.problem.row ?? -1) : -1;
  return (
    <section aria-label={t("admin.dialPlan.rules")}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          value={which}
          onChange={(value) => setWhich(value as Which)}
          data={[
            { value: "outgoing", label: t("admin.dialPlan.outgoing") },
            { value: "incoming", label: t("admin.dialPlan.incoming") },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => set(added(rules))}
        >
          {t("admin.dialPlan.addRule")}
        </Button>
        <FileChoice accept=".csv,.json" onChoose={reading.mutate}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="subtle"
              loading={reading.isPending}
              leftSection={<Upload size={14} aria-hidden />}
            >
              {t("admin.dialPlan.import")}
            </Button>
          )}
        </FileChoice>
        {(["csv", "json"] as const).map((format) => (
          <Button
            key={format}
            component="a"
            href={`/api/v1${path}/rules?which=${which}&format=${format}`}
            download
            size="xs"
            variant="subtle"
            leftSection={<Download size={14} aria-hidden />}
          >
            {format.toUpperCase()}
          </Button>
        ))}
        {which === "outgoing" && !form.draft.defaultOutgoing && (
          <Button size="xs" variant="subtle" onClick={() => form.set({ defaultOutgoing: true })}>
            {t("admin.dialPlan.backToDefault")}
          </Button>
        )}
      </div>
      {reading.error && <ProblemLine problem={problemOf(reading.error)} />}
      {which === "outgoing" && form.draft.defaultOutgoing && (
        <p className={classes.quiet}>{t("admin.dialPlan.isDefault")}</p>
      )}
      {rules.length === 0 ? (
        <p className={classes.quiet}>{t("admin.dialPlan.noRule")}</p>
      ) : (
        <div className={classes.scroll} tabIndex={0}>
          <table className={classes.rules}>
            <thead>
              <tr>
                <th>{t("admin.dialPlan.priority")}</th>
                <th>{t("admin.dialPlan.name")}</th>
                <th>{t("admin.dialPlan.pattern")}</th>
                <th>{t("admin.dialPlan.value")}</th>
                <th title={t("admin.dialPlan.longerOnlyHelp")}>{t("admin.dialPlan.longerOnly")}</th>
                <th aria-label={t("remove")} />
              </tr>
            </thead>
            <tbody>
              {rules.map((rule, at) => (
                <RuleLine
                  key={at}
                  at={at}
                  rule={rule}
                  wrong={at === wrong}
                  onChange={(changes) => set(changedAt(rules, at, changes))}
                  onRemove={() => set(rules.filter((_, index) => index !== at))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

type LineProps = {
  at: number;
  rule: Rule;
  wrong: boolean;
  onChange: (changes: Partial<Rule>) => void;
  onRemove: () => void;
};

function RuleLine({ at, rule, wrong, onChange, onRemove }: LineProps) {
  const { t } = useTranslation();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (wrong) row.current?.scrollIntoView({ block: "center" });
  }, [wrong]);
  // Patterns begin alike: what does not fit into one line goes on in the next.
  const text = (name: "name" | "pattern" | "value") => (
    <td>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        rows={1}
        className={name === "name" ? undefined : classes.code}
        aria-label={t("admin.dialPlan.ofRule", { what: t(`admin.dialPlan.${name}`), n: at + 1 })}
        error={wrong && name === "pattern"}
        value={rule[name]}
        onChange={(event) =>
          onChange({ [name]: event.currentTarget.value.replace(/[\r\n]+/g, "") })
        }
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
    </td>
  );
  return (
    <tr ref={row} data-wrong={wrong || undefined}>
      <td>
        <TextInput
          size="xs"
          className={classes.priority}
          inputMode="numeric"
          aria-label={t("admin.dialPlan.ofRule", { what: t("admin.dialPlan.priority"), n: at + 1 })}
          value={String(rule.priority)}
          onChange={(event) =>
            onChange({ priority: Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 6)) })
          }
        />
      </td>
      {text("name")}
      {text("pattern")}
      {text("value")}
      <td>
        <Checkbox
          size="xs"
          aria-label={t("admin.dialPlan.ofRule", {
            what: t("admin.dialPlan.longerOnly"),
            n: at + 1,
          })}
          checked={rule.longerOnly}
          onChange={(event) => onChange({ longerOnly: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={t("admin.dialPlan.removeRule", { n: at + 1 })}
          onClick={onRemove}
        >
          <Trash2 size={14} aria-hidden />
        </Button>
      </td>
    </tr>
  );
}
