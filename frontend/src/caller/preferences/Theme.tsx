import { Button, SegmentedControl, TextInput, useMantineColorScheme } from "@mantine/core";
import { type CSSProperties, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Preferences.module.css";

/** What rings has this colour while none is chosen: `--ringing-fill`. */
const AMBER = "#f5a524";

/** Thème: light or dark in this browser, and the colour of important people in all of them. */
export function Theme() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <div>
        <h3 className={classes.title}>{t("caller.prefs.theme")}</h3>
        <SegmentedControl
          className={classes.above}
          size="xs"
          fullWidth
          aria-label={t("caller.prefs.theme")}
          data={(["light", "dark", "auto"] as const).map((value) => ({
            value,
            label: t(`theme.${value}`),
          }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        />
      </div>
      <VipColour />
    </>
  );
}

function VipColour() {
  const { t } = useTranslation();
  const stored = usePreferences()?.vipColour ?? null;
  const choose = useChoose();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? stored;
  const keep = (vipColour: string | null) =>
    choose.mutate(() => ({ vipColour }), { onSuccess: () => setDraft(null) });
  return (
    <section aria-label={t("caller.prefs.vip")} className={classes.part}>
      <h3 className={classes.title}>{t("caller.prefs.vip")}</h3>
      <p className={classes.help}>{t("caller.prefs.vipHelp")}</p>
      <div className={classes.colour}>
        <TextInput
          type="color"
          w={64}
          aria-label={t("caller.prefs.vipColour")}
          value={shown ?? AMBER}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <span
          className={classes.sample}
          data-vip={shown !== null || undefined}
          style={shown ? ({ "--vip": shown } as CSSProperties) : undefined}
        >
          {t("caller.prefs.vipSample")}
        </span>
        <Button
          disabled={draft === null || draft === stored}
          loading={choose.isPending}
          onClick={() => keep(draft)}
        >
          {t("save")}
        </Button>
        {stored !== null && (
          <Button variant="default" disabled={choose.isPending} onClick={() => keep(null)}>
            {t("caller.prefs.vipNone")}
          </Button>
        )}
      </div>
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </section>
  );
}
