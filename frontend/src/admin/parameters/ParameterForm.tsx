import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCompany, useList, useRefresh } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import type { Parameter, ParameterValue } from "../rows.ts";
import { Explained } from "./Explained.tsx";
import { type Draft, Overrides } from "./Overrides.tsx";
import own from "./Parameters.module.css";
import { saveValues, valuesNow } from "./store.ts";
import { LEVELS, type Setting, settingsOf } from "./values.ts";
import { applicationWords, helpOf, valueWords } from "./words.ts";

type Props = { parameter: Parameter; values: ParameterValue[] };

/** A parameter: what it is for, what TWS comes with, and what is set for whom. */
export function ParameterForm({ parameter, values }: Props) {
  const { t } = useTranslation();
  const company = useCompany() ?? "";
  const refresh = useRefresh();
  const { name, levels } = parameter;
  const [refused, setRefused] = useState<Setting | null>(null);
  const companies = useList("companies").data ?? [];
  const form = useForm<Draft>(name, { settings: settingsOf(name, values) });
  // What was seen when the changes began: somebody else's are not written over unasked.
  const seen = useRef(values);
  if (!form.dirty) seen.current = values;
  const save = async (over?: number) => {
    const stored = over === undefined ? seen.current : await valuesNow(company, name);
    try {
      await saveValues(company, name, stored, form.draft.settings, setRefused);
    } finally {
      await refresh();
    }
  };
  return (
    <SideForm title={name} form={form} save={save} reload={refresh}>
      <p className={own.help}>{helpOf(parameter)}</p>
      <p className={own.quiet}>
        {t(parameter.served ? "admin.parameters.atOnce" : "admin.parameters.notServed")}
      </p>
      <dl className={own.facts}>
        <dt>{t("admin.parameters.application")}</dt>
        <dd>
          {applicationWords(t, parameter.application)}
          {parameter.expert && ` · ${t("admin.parameters.expert")}`}
        </dd>
        <dt>{t("admin.parameters.kind")}</dt>
        <dd>{t(`admin.parameters.kinds.${parameter.kind}`, {
            choices: parameter.choices.join(", "),
            least: parameter.minimum ?? 0,
            most: parameter.maximum ?? 0,
          })}
          {parameter.unit && ` (${t(`admin.parameters.unitNames.${parameter.unit}`)})`}</dd>
        <dt>{t("admin.parameters.default")}</dt>
        <dd className={own.text}>{valueWords(t, parameter, parameter.default)}</dd>
        <dt>{t("admin.parameters.allowed")}</dt>
        <dd>
          {LEVELS.filter((level) => levels.includes(level))
            .map((level) => t(`admin.parameters.levels.${level}`))
            .join(", ")}
        </dd>
      </dl>
      {companies.length > 1 && (
        <p className={classes.quiet}>
          {t("admin.parameters.ofCompany", {
            name: companies.find((each) => each.id === company)?.name ?? "",
          })}
        </p>
      )}
      <Overrides form={form} parameter={parameter} refused={refused} />
      <Explained parameter={parameter} />
    </SideForm>
  );
}
