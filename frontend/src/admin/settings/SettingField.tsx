import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import i18next, { type TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import type { Setting, SettingValue } from "../rows.ts";
import { isAbout } from "./settings.ts";
import { fetchSettingHelp } from "./help.ts";

type Props = {
  field: Setting;
  value: SettingValue;
  /** A secret that is stored, and not shown. */
  isSet: boolean;
  problem: Problem | null;
  /** Whose setting: where its words are, under `settingHelp`; `a.b` also finds those of `a.any`. */
  words: string;
  onChange: (value: SettingValue) => void;
};

/** One field of a form, as its type asks. */
export function SettingField({ field, value, isSet, problem, words, onChange }: Props) {
  const { t } = useTranslation();
  const common = {
    label: nameOf(t, field.name, words),
    description: helpOf(t, field, isSet, words),
    required: field.required && !isSet,
    withAsterisk: false,
    error: problem && isAbout(field, problem.field) ? whyWords(t, problem) : undefined,
    inputWrapperOrder: ["label", "input", "description", "error"] as Order,
  };
  const text = typeof value === "string" ? value : String(value ?? "");
  if (field.type === "switch") {
    return (
      <Switch
        label={common.label}
        description={common.description}
        error={common.error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.type === "number") {
    return (
      <NumberInput
        {...common}
        {...(typeof field.minimum === "number" && { min: field.minimum })}
        {...(typeof field.maximum === "number" && { max: field.maximum })}
        value={typeof value === "number" ? value : ""}
        onChange={(next) => onChange(next === "" ? "" : Number(next))}
      />
    );
  }
  if (field.type === "choice") {
    return (
      <Select
        {...common}
        data={(field.choices ?? []).map((choice) => ({
          value: choice,
          label: choiceOf(t, field.name, choice),
        }))}
        allowDeselect={false}
        value={text}
        onChange={(next) => onChange(next ?? "")}
      />
    );
  }
  if (field.type === "lines") {
    return (
      <Textarea
        {...common}
        autosize
        minRows={3}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.secret) {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      autoComplete="off"
      inputMode={field.type === "url" ? "url" : "text"}
      spellCheck={false}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type Order = ("label" | "input" | "description" | "error")[];

/** Our own word for what many have; else the setting's name as it is. */
export function nameOf(t: TFunction, name: string, whose: string): string {
  const own = `admin.setting.${whose.split(".").at(-1)}_${name}`;
  if (i18next.exists(own)) return t(own as "admin.setting.host");
  if (i18next.exists(`admin.setting.${name}`))
    return t(`admin.setting.${name}` as "admin.setting.host");
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Our own word for a choice that is none of a standard's; else the choice as it is. */
function choiceOf(t: TFunction, name: string, choice: string): string {
  const own = `admin.choice.${name}.${choice}`;
  return i18next.exists(own) ? t(own as "admin.choice.separator.tab") : choice || "–";
}

export function helpOf(
  t: TFunction,
  field: Setting,
  isSet: boolean,
  words: string,
): string | undefined {
  if (field.secret && isSet) return t("admin.settings.isSet");
  fetchSettingHelp();
  const found = [words, words.replace(/\.[^.]*$/, ".any")]
    .map((whose) => `settingHelp.${whose}.${field.name}`)
    .find((each) => i18next.exists(each, { fallbackLng: [] }));
  // Braces stand for numbers here, not for words of ours.
  const raw = { interpolation: { skipOnVariables: true } };
  return found ? t(found as "admin.setting.host", raw) : field.help || undefined;
}
