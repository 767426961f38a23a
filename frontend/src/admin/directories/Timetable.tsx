import { NativeSelect, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import own from "./Directories.module.css";
import { type Draft, LONGEST, type Unit, UNITS } from "./directory.ts";
import { HOUR, useHour } from "./hour.ts";

const SCHEDULES = ["manual", "daily", "interval"] as const;

/** When a directory is synchronised: by hand, daily at the parameter's hour, or every so often. */
export function Timetable({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const { schedule, every, unit, domain } = form.draft;
  const hour = useHour(domain);
  return (
    <>
      <Select
        {...form.choice("schedule", {
          label: t("admin.directories.schedule"),
          help: t(`admin.directories.scheduleHelp.${schedule}`),
        })}
        data={SCHEDULES.map((value) => ({
          value,
          label: t(`admin.directories.schedules.${value}`),
        }))}
      />
      {schedule === "daily" && (
        <p className={classes.quiet}>
          {hour && t("admin.directories.dailyAt", { hour })}{" "}
          <button
            type="button"
            className={own.link}
            onClick={() => go({ page: "parameters", edit: HOUR, filters: {} })}
          >
            {t("admin.directories.changeHour")}
          </button>
        </p>
      )}
      {schedule === "interval" && (
        <div className={classes.pair}>
          <NumberInput
            min={1}
            max={LONGEST[unit]}
            {...form.number("every", {
              label: t("admin.directories.every"),
              help: t("admin.directories.everyHelp"),
            })}
            value={every}
            error={form.about("minutes", { label: "" }).error}
          />
          <NativeSelect
            label={t("admin.directories.unit")}
            value={unit}
            data={UNITS.map((value) => ({
              value,
              label: t(`admin.directories.units.${value}`),
            }))}
            onChange={(event) => form.set({ unit: event.currentTarget.value as Unit })}
          />
        </div>
      )}
    </>
  );
}
