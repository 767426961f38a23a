import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Parameter } from "../rows.ts";
import type { Value } from "./values.ts";

type Props = {
  parameter: Parameter;
  label: string;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
};

/** A value of a parameter, as its kind asks. */
export function ValueInput({ parameter, label, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const { kind, choices, minimum, maximum } = parameter;
  const common = { "aria-label": label, error };
  if (kind === "yesNo") {
    return (
      <NativeSelect
        {...common}
        value={value ? "yes" : "no"}
        data={(["yes", "no"] as const).map((each) => ({ value: each, label: t(each) }))}
        onChange={(event) => onChange(event.currentTarget.value === "yes")}
      />
    );
  }
  if (kind === "choice") {
    return (
      <NativeSelect
        {...common}
        value={String(value)}
        data={choices}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (kind === "number") {
    return (
      <NumberInput
        {...common}
        allowDecimal={false}
        {...(typeof minimum === "number" && { min: minimum })}
        {...(typeof maximum === "number" && { max: maximum })}
        value={typeof value === "number" ? value : ""}
        onChange={(next) => onChange(next === "" ? "" : Number(next))}
      />
    );
  }
  return (
    <TextInput
      {...common}
      autoComplete="off"
      spellCheck={false}
      placeholder={kind === "time" ? "HH:MM" : undefined}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
