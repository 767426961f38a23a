import { ActionIcon, Button, Select, Tabs } from "@mantine/core";
import { Minus, Plus } from "lucide-react";
import { useEffect, useState } from "react";
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
type Props = {
  form: Form<Draft>;
  parameter: Parameter;
  /** The setting that was refused. */
  refused: Setting | null;
};

/** In the order of the guide. */
const TABS: ParameterLevel[] = ["default", "user", "group", "domain"];

/** What is set of a parameter, for whom: a tab for each level. */
export function Overrides({ form, parameter, refused }: Props) {
  const { t } = useTranslation();
  const { settings } = form.draft;
  const [tab, setTab] = useState<ParameterLevel>("default");
  // What is wrong is in sight.
  useEffect(() => {
    if (form.problem && refused) setTab(refused.level);
  }, [form.problem, refused]);
  return (
    <section aria-label={t("admin.parameters.overrides")}>
      <h3 className={classes.legend}>{t("admin.parameters.overrides")}</h3>
      <p className={own.quiet}>{t("admin.parameters.wins")}</p>
      <Tabs
        value={tab}
        onChange={(to) => to && setTab(to as ParameterLevel)}
        keepMounted={false}
        classNames={{ list: own.tabs, panel: own.panel }}
      >
        <Tabs.List aria-label={t("admin.parameters.overrides")}>
          {TABS.map((level) => (
            <Tabs.Tab key={level} value={level}>
              {label(
                t(`admin.parameters.tabs.${level}`),
                settings.filter((each) => each.level === level).length,
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((level) => (
          <Tabs.Panel key={level} value={level}>
            <AtLevel form={form} parameter={parameter} level={level} refused={refused} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function label(words: string, count: number): string {
  return count > 0 ? `${words} (${count})` : words;
}

/** The values at one level, and for whom else one can be set. */
function AtLevel({ form, parameter, level, refused }: Props & { level: ParameterLevel }) {
  const { t } = useTranslation();
  const holders = useHolders();
  const { settings } = form.draft;
  const here = settings.filter((each) => each.level === level);
  const wrong = form.problem?.field === "value" ? whyWords(t, form.problem) : undefined;
  const name = ({ who }: Setting) =>
    level === "default"
      ? t("admin.parameters.levels.default")
      : (holders[level].find((each) => each.value === who)?.label ?? "?");
  const change = (one: Setting, value: Setting["value"]) =>
    form.set({ settings: settings.map((each) => (each === one ? { ...each, value } : each)) });
  if (!parameter.levels.includes(level)) {
    return <p className={own.quiet}>{t(`admin.parameters.notAt.${level}`)}</p>;
  }
  return (
    <>
      {here.length > 0 && (
        <ul className={own.settings} aria-label={t(`admin.parameters.tabs.${level}`)}>
          {here.map((one) => (
            <li key={one.who}>
              <span className={own.holder}>{name(one)}</span>
              <div className={own.value}>
                <ValueInput
                  parameter={parameter}
                  label={t("admin.parameters.valueFor", { name: name(one) })}
                  value={one.value}
                  error={refused === null || sameHolder(refused, one) ? wrong : undefined}
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
      )}
      <Adding form={form} parameter={parameter} level={level} />
    </>
  );
}

function Adding({ form, parameter, level }: Omit<Props, "refused"> & { level: ParameterLevel }) {
  const { t } = useTranslation();
  const holders = useHolders();
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
  if (level === "default") {
    return taken("") ? null : (
      <>
        <p className={own.quiet}>{t("admin.parameters.nothingSet")}</p>
        <Button
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => add("")}
        >
          {t("admin.parameters.set")}
        </Button>
      </>
    );
  }
  return (
    <Select
      key={settings.length}
      label={t(`admin.parameters.add.${level}`)}
      leftSection={<Plus size={14} aria-hidden />}
      placeholder={t("admin.parameters.choose")}
      searchable
      limit={80}
      nothingFoundMessage={t("none")}
      data={holders[level].filter((each) => !taken(each.value))}
      value={null}
      onChange={(id) => id && add(id)}
    />
  );
}
