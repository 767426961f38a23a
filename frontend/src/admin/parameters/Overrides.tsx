import { ActionIcon, Button, NativeSelect, Select } from "@mantine/core";
import { Minus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { whyWords } from "../../shared/i18n/problem.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import type { Parameter, ParameterLevel } from "../rows.ts";
import { useHolders } from "./holders.ts";
import own from "./Parameters.module.css";
import { ValueInput } from "./ValueInput.tsx";
import { blank, LEVELS, sameHolder, type Setting } from "./values.ts";

export type Draft = { settings: Setting[] };
type Props = { form: Form<Draft>; parameter: Parameter };

/** What is set of a parameter, for whom; the nearest level first. */
export function Overrides({ form, parameter }: Props) {
  const { t } = useTranslation();
  const holders = useHolders();
  const { settings } = form.draft;
  const wrong = form.problem?.field === "value" ? whyWords(t, form.problem) : undefined;
  const name = ({ level, who }: Setting) =>
    level === "default"
      ? t("admin.parameters.levels.default")
      : (holders[level].find((each) => each.value === who)?.label ?? "?");
  const change = (one: Setting, value: Setting["value"]) =>
    form.set({ settings: settings.map((each) => (each === one ? { ...each, value } : each)) });
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.parameters.overrides")}</legend>
      <p className={classes.quiet}>{t("admin.parameters.wins")}</p>
      {settings.length === 0 && <p>{t("admin.parameters.nothingSet")}</p>}
      <ul className={own.settings} aria-label={t("admin.parameters.overrides")}>
        {settings.map((one) => (
          <li key={`${one.level} ${one.who}`}>
            <span className={own.holder}>
              {name(one)}
              {one.level !== "default" && (
                <span className={own.quiet}>{t(`admin.parameters.levels.${one.level}`)}</span>
              )}
            </span>
            <div className={own.value}>
              <ValueInput
                parameter={parameter}
                label={t("admin.parameters.valueFor", { name: name(one) })}
                value={one.value}
                error={wrong}
                onChange={(value) => change(one, value)}
              />
            </div>
            <ActionIcon
              aria-label={t("admin.parameters.withdraw", { name: name(one) })}
              onClick={() => form.set({ settings: settings.filter((each) => each !== one) })}
            >
              <Minus size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Adding form={form} parameter={parameter} holders={holders} />
    </fieldset>
  );
}

/** For whom else: only at levels at which this parameter may be set. */
function Adding({ form, parameter, holders }: Props & { holders: ReturnType<typeof useHolders> }) {
  const { t } = useTranslation();
  const allowed = LEVELS.filter((level) => parameter.levels.includes(level));
  const [level, setLevel] = useState<ParameterLevel>(allowed.at(-1) ?? "default");
  const { settings } = form.draft;
  const add = (who: string) => {
    const fresh = { level, who, value: blank(parameter) };
    form.set({
      settings: [...settings, fresh].sort(
        (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
      ),
    });
  };
  const taken = (who: string) =>
    settings.some((each) => sameHolder(each, { level, who, value: "" }));
  const left = holders[level].filter((each) => !taken(each.value));
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t("admin.parameters.setFor")}
        value={level}
        data={LEVELS.map((value) => ({
          value,
          label: allowed.includes(value)
            ? t(`admin.parameters.levels.${value}`)
            : t("admin.parameters.notAt", { level: t(`admin.parameters.levels.${value}`) }),
          disabled: !allowed.includes(value),
        }))}
        onChange={(event) => setLevel(event.currentTarget.value as ParameterLevel)}
      />
      {level === "default" ? (
        <Button
          variant="default"
          className={own.add}
          disabled={taken("")}
          onClick={() => add("")}
        >
          {t("admin.parameters.set")}
        </Button>
      ) : (
        <Select
          key={`${level} ${settings.length}`}
          label={t("admin.parameters.who")}
          placeholder={t("admin.parameters.choose")}
          searchable
          limit={80}
          nothingFoundMessage={t("none")}
          data={left}
          value={null}
          onChange={(id) => id && add(id)}
        />
      )}
    </div>
  );
}
