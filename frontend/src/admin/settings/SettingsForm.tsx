import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import classes from "../form/SideForm.module.css";
import type { Setting } from "../rows.ts";
import { SettingField } from "./SettingField.tsx";
import { isAbout, type Settings } from "./settings.ts";

type Props = {
  fields: Setting[];
  values: Settings;
  /** Secrets that are stored, and not shown. */
  isSet: Record<string, boolean>;
  problem: Problem | null;
  /** Whose settings: where the words of these fields are, under `settingHelp`. */
  words: string;
  onChange: (values: Settings) => void;
  /** Draws a field that needs more than its type says; null = it does not. */
  own?: (field: Setting) => ReactNode;
};

/** The form that the server describes: what must be known first, the rest for experts. */
export function SettingsForm({ fields, values, isSet, problem, words, onChange, own }: Props) {
  const { t } = useTranslation();
  const isHidden = (field: Setting) => field.expert === true && !field.required;
  const wrongIsHidden = fields.some(
    (field) => isHidden(field) && isAbout(field, problem?.field),
  );
  const draw = (field: Setting) => (
    <Fragment key={field.name}>{own?.(field) ?? plain(field)}</Fragment>
  );
  const plain = (field: Setting) => (
    <SettingField
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
