import {
  Checkbox,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Select,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useList } from "../data.ts";
import { FileField } from "../files/FileField.tsx";
import type { Parameter } from "../rows.ts";
import own from "./Parameters.module.css";
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
  if (kind === "several") {
    return (
      <Checkbox.Group
        {...common}
        role="group"
        value={String(value).split("|").filter(Boolean)}
        onChange={(chosen) => onChange(chosen.join("|"))}
      >
        <div className={own.methods}>
          {choices.map((each) => (
            <Checkbox key={each} size="xs" value={each} label={each} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }
  if (kind === "group" || kind === "intercomGroup") {
    return <GroupName {...common} kind={kind} value={String(value)} onChange={onChange} />;
  }
  if (kind === "file") {
    return (
      <FileField unseen label={label} value={String(value)} error={error} onChange={onChange} />
    );
  }
  if (kind === "secret") {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        placeholder={value === null ? t("admin.parameters.replaceSecret") : undefined}
        value={value === null ? "" : String(value)}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
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

type GroupProps = Pick<Props, "error" | "onChange"> & {
  "aria-label": string;
  kind: "group" | "intercomGroup";
  value: string;
};

/** By its name, as it is stored: also one that is gone. */
function GroupName({ kind, value, onChange, ...common }: GroupProps) {
  const { t } = useTranslation();
  const groups = useList("groups").data ?? [];
  const intercom = useList("intercom-groups").data ?? [];
  const names = (kind === "group" ? groups : intercom).map((each) => each.name);
  return (
    <Select
      {...common}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("close") }}
      placeholder={t("none")}
      nothingFoundMessage={t("none")}
      data={[...new Set(value ? [...names, value] : names)]}
      value={value || null}
      onChange={(name) => onChange(name ?? "")}
    />
  );
}
