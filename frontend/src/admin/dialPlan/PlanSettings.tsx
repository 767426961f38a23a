import { NumberInput, Switch, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Form } from "../form/useForm.ts";
import classes from "./DialPlan.module.css";
import type { Draft } from "./plan.ts";

const DIGITS = [
  "countryPrefix",
  "externalPrefix",
  "internationalPrefix",
  "nationalPrefix",
  "incomingRemove",
  "incomingAdd",
] as const;

/** The global settings of the guide's left side. */
export function PlanSettings({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  const length = (name: "internalLength" | "inverseLength") => (
    <NumberInput
      size="xs"
      min={1}
      max={20}
      {...form.number(name, { label: t(`domain.${name}`), help: t(`domain.${name}Help`) })}
    />
  );
  return (
    <section className={classes.settings} aria-label={t("admin.dialPlan.settings")}>
      {length("internalLength")}
      {DIGITS.map((name) => (
        <TextInput
          key={name}
          size="xs"
          inputMode="numeric"
          {...form.text(name, { label: t(`domain.${name}`), help: t(`domain.${name}Help`) })}
        />
      ))}
      {length("inverseLength")}
      <TagsInput
        size="xs"
        {...form.about("emergencyNumbers", {
          label: t("admin.dialPlan.emergency"),
          help: t("admin.dialPlan.emergencyHelp"),
        })}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={form.draft.emergencyNumbers}
        onChange={(emergencyNumbers) => form.set({ emergencyNumbers })}
      />
      <Switch
        size="sm"
        {...form.flag("applyToCaller", {
          label: t("admin.dialPlan.apply"),
          help: t("admin.dialPlan.applyHelp"),
        })}
      />
    </section>
  );
}
