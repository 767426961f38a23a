import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import { FileField } from "../files/FileField.tsx";
import classes from "../form/SideForm.module.css";
import type { Setting } from "../rows.ts";
import { helpOf, nameOf, SettingField } from "./SettingField.tsx";
import { isAbout, type Settings } from "./settings.ts";

/** Settings that name a file of the company, where it has files. */
const FILES = ["file", "ca_file", "key_file"];

type Props = {
  fields: Setting[];
  values: Settings;
  /** Secrets that are stored, and not shown. */
  isSet: Record<string, boolean>;
  problem: Problem | null;
  /** Whose settings: where the words of these fields are, under `settingHelp`. */
  words: string;
  onChange: (values: Settings) => void;
  /** Files are those of the company, and can be sent here; else they are of the server. */
  companyFiles?: boolean;
};

/** The form that the server describes: what must be known first, the rest for experts. */
export function SettingsForm({ companyFiles = false, ...props }: Props) {
  const { fields, values, isSet, problem, words, onChange } = props;
  const { t } = useTranslation();
  const isHidden = (field: Setting) => field.expert === true && !field.required;
  const wrongIsHidden = fields.some(
    (field) => isHidden(field) && isAbout(field, problem?.field),
  );
  const draw = (field: Setting) =>
    companyFiles && FILES.includes(field.name) ? (
      <FileField
        key={field.name}
        label={nameOf(t, field.name, words)}
        // What is read by others than directories is not known there, and must not go.
        deletable={field.name === "file"}
        value={String(values[field.name] ?? "")}
        help={helpOf(t, field, false, words)}
        error={problem && isAbout(field, problem.field) ? whyWords(t, problem) : undefined}
        onChange={(value) => onChange({ ...values, [field.name]: value })}
      />
    ) : (
      <SettingField
        key={field.name}
        field={field}
        value={values[field.name] ?? null}
        isSet={isSet[field.name] ?? false}
        problem={problem}
        words={words}
        onChange={(value) => onChange({ ...values, [field.name]: value })}
      />
    );
  const hidden = fields.filter(isHidden);
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.settings.title")}</legend>
      <div className={classes.fields}>
        {fields.filter((field) => !isHidden(field)).map(draw)}
      </div>
      {hidden.length > 0 && (
        <details className={classes.more} open={wrongIsHidden || undefined}>
          <summary>{t("admin.settings.more")}</summary>
          <div className={classes.fields}>{hidden.map(draw)}</div>
        </details>
      )}
    </fieldset>
  );
}
