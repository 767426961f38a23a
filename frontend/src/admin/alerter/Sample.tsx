import { NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TokenValue, TriedTemplateValue } from "../../shared/api/types.generated.ts";
import { inkOn, VIP_COLOUR } from "../../shared/pop/colour.ts";
import { Drawing } from "../../shared/pop/Drawing.tsx";
import { useList } from "../data.ts";
import classes from "./Alerter.module.css";
import type { Trial } from "./templates.ts";
import { tokensIn } from "./templates.ts";

type Props = {
  trial: Trial;
  tried: TriedTemplateValue | undefined;
  tokens: TokenValue[];
  onChange: (changes: Partial<Trial>) => void;
};

/** What a call that never was shows by this text, and who it is from. */
export function Sample({ trial, tried, tokens, onChange }: Props) {
  const { t } = useTranslation();
  const directories = useList("directories").data ?? [];
  const samples = new Map(tokens.map((one) => [one.name.toLowerCase(), one.sample]));
  const asked = [...new Set([...tokensIn(trial.text), "VIP"])];
  const size = (name: "width" | "height") => (
    <NumberInput
      size="xs"
      label={t(`admin.alerter.${name}`)}
      min={100}
      max={10_000}
      allowDecimal={false}
      value={trial[name]}
      onChange={(value) => onChange({ [name]: Math.min(Math.max(Number(value), 100), 10_000) })}
    />
  );
  return (
    <div className={classes.column}>
      <h3 className={classes.legend}>{t("admin.alerter.preview")}</h3>
      <Preview trial={trial} tried={tried} />
      <h3 className={classes.legend}>{t("admin.alerter.sample")}</h3>
      <div className={classes.values}>
        {size("width")}
        {size("height")}
      </div>
      <TagsInput
        size="xs"
        label={t("admin.alerter.in")}
        description={t("admin.alerter.inHelp")}
        data={[...new Set(directories.map((one) => one.name))]}
        value={trial.directories}
        onChange={(value) => onChange({ directories: value })}
      />
      <div className={classes.values}>
        {asked.map((name) => (
          <TextInput
            key={name.toLowerCase()}
            size="xs"
            label={name}
            value={trial.values[name] ?? samples.get(name.toLowerCase()) ?? ""}
            onChange={(event) =>
              onChange({ values: { ...trial.values, [name]: event.currentTarget.value } })
            }
          />
        ))}
      </div>
    </div>
  );
}

function Preview({ trial, tried }: Pick<Props, "trial" | "tried">) {
  const { t } = useTranslation();
  const pop = tried?.pop;
  if (!pop) return <p className={classes.quiet}>{t("admin.alerter.noPreview")}</p>;
  if (pop.mode === "URL") {
    return (
      <p className={classes.quiet}>
        {pop.address ? (
          <>
            {t("admin.alerter.opens")} <code>{pop.address}</code>
          </>
        ) : (
          t("admin.alerter.noAddress")
        )}
      </p>
    );
  }
  const colours = pop.vip ? { background: VIP_COLOUR, color: inkOn(VIP_COLOUR) } : {};
  return (
    <div className={classes.scroll}>
      <div
        className={classes.frame}
        data-vip={pop.vip || undefined}
        style={{ width: trial.width, height: trial.height, ...colours }}
      >
        <Drawing pop={pop} label={t("admin.alerter.preview")} />
      </div>
    </div>
  );
}
