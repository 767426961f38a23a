import { Checkbox, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { QuietHoursValue } from "../../shared/api/types.generated.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Preferences.module.css";

const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const NIGHTS: QuietHoursValue = { days: [1, 2, 3, 4, 5], start: "18:00", end: "08:00" };

/** When nothing is heard and nothing is notified, week after week. */
export function QuietHours() {
  const { t } = useTranslation();
  const { timeZone } = useCulture();
  const hours = usePreferences()?.quietHours ?? null;
  const choose = useChoose();
  const keep = (quietHours: QuietHoursValue | null) => choose.mutate(() => ({ quietHours }));
  return (
    <section aria-label={t("caller.alert.hours")} className={classes.part}>
      <Switch
        size="sm"
        label={t("caller.alert.hours")}
        description={timeZone && t("timesOf", { zone: timeZone })}
        checked={hours !== null}
        onChange={(event) => keep(event.currentTarget.checked ? NIGHTS : null)}
      />
      {hours && (
        <>
          <Days days={hours.days} onChange={(days) => keep({ ...hours, days })} />
          <div className={classes.hours}>
            {(["start", "end"] as const).map((name) => (
              <Hour
                key={`${name} ${hours[name]}`}
                label={t(`caller.alert.${name}`)}
                value={hours[name]}
                onChange={(value) => keep({ ...hours, [name]: value })}
              />
            ))}
          </div>
          {hours.end <= hours.start && (
            <p className={classes.help}>{t("caller.alert.overnight")}</p>
          )}
        </>
      )}
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </section>
  );
}

type DaysProps = { days: number[]; onChange: (days: number[]) => void };

/** The last day stays: hours of no day are switched off instead. */
function Days({ days, onChange }: DaysProps) {
  const { t } = useTranslation();
  const { culture } = useCulture();
  const name = (day: number) =>
    new Intl.DateTimeFormat(culture, { weekday: "short", timeZone: "UTC" }).format(
      MONDAY + (day - 1) * 86_400_000,
    );
  return (
    <div role="group" aria-label={t("caller.alert.days")} className={classes.days}>
      {WEEK.map((day) => (
        <Checkbox
          key={day}
          size="xs"
          label={name(day)}
          checked={days.includes(day)}
          disabled={days.length === 1 && days.includes(day)}
          onChange={(event) =>
            onChange(
              event.currentTarget.checked ? [...days, day] : days.filter((other) => other !== day),
            )
          }
        />
      ))}
    </div>
  );
}

type HourProps = { label: string; value: string; onChange: (value: string) => void };

/** Kept once it is left: while it is typed it is no hour yet. */
function Hour({ label, value, onChange }: HourProps) {
  const [typed, setTyped] = useState(value);
  return (
    <TextInput
      type="time"
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => (typed === "" ? setTyped(value) : typed !== value && onChange(typed))}
    />
  );
}
