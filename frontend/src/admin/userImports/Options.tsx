import { Checkbox, NativeSelect, NumberInput, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { named } from "../choices.ts";
import { useList } from "../data.ts";
import { LONGEST, type Unit, UNITS } from "../directories/directory.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import { MEDIA_PROTOCOLS, PROTOCOLS } from "../pages/devices.ts";
import { type Draft, NONE } from "./userImport.ts";

type Props = { form: Form<Draft> };
type Words = { label: string; help?: string };
/** Of whatever gives extensions. */
type DeviceForm = {
  draft: { link: string };
  choice: (field: "link" | "protocol", words: Words) => ReturnType<Form<Draft>["choice"]>;
  text: (field: "label", words: Words) => ReturnType<Form<Draft>["text"]>;
};
const SCHEDULES = ["manual", "daily", "interval"] as const;

/** The extension that each is given. */
export function DeviceType(props: { form: DeviceForm; help: string; children?: ReactNode }) {
  const { form, help, children } = props;
  const { t } = useTranslation();
  const links = useList("links").data;
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.userImports.device")}</legend>
      <div className={classes.fields}>
        <Select
          {...form.choice("link", { label: t("admin.userImports.link"), help })}
          data={[{ value: NONE, label: t("admin.userImports.noLink") }, ...named(links)]}
        />
        {form.draft.link !== NONE && (
          <>
            <div className={classes.pair}>
              <Select
                {...form.choice("protocol", { label: t("admin.userImports.protocol") })}
                data={[...PROTOCOLS]}
              />
              <TextInput
                {...form.text("label", { label: t("admin.userImports.deviceLabel") })}
              />
            </div>
            {children}
          </>
        )}
      </div>
    </fieldset>
  );
}

/** What an import gives new extensions besides. */
export function DeviceFlags({ form }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        {...form.flag("video", {
          label: t("admin.userImports.video"),
          help: t("admin.userImports.videoHelp"),
        })}
      />
      {form.draft.protocol === "SIP" && <OfSip form={form} />}
    </>
  );
}

function OfSip({ form }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.pair}>
        <TextInput {...form.text("sipProxy", { label: t("admin.userImports.sipProxy") })} />
        <Select
          {...form.choice("mediaProtocol", {
            label: t("admin.userImports.mediaProtocol"),
            help: t("admin.userImports.mediaProtocolHelp"),
          })}
          data={MEDIA_PROTOCOLS}
        />
      </div>
      <Checkbox
        {...form.flag("oneNumber", {
          label: t("admin.userImports.oneNumber"),
          help: t("admin.userImports.sipHelp"),
        })}
      />
    </>
  );
}

/** Where they are put, when the import runs, and how numbers are taken. */
export function Others({ form }: Props) {
  const { t } = useTranslation();
  const groups = useList("groups").data;
  const { schedule } = form.draft;
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.userImports.others")}</legend>
      <div className={classes.fields}>
        <Select
          {...form.choice("group", { label: t("admin.userImports.group") })}
          data={[{ value: NONE, label: t("admin.userImports.noGroup") }, ...named(groups)]}
        />
        <Select
          {...form.choice("schedule", { label: t("admin.userImports.schedule") })}
          data={SCHEDULES.map((value) => ({
            value,
            label: t(`admin.userImports.schedules.${value}`),
          }))}
        />
        {schedule === "daily" && (
          <TextInput
            {...form.text("hour", {
              label: t("admin.userImports.hour"),
              help: t("admin.userImports.hourHelp"),
            })}
          />
        )}
        {schedule === "interval" && <Interval form={form} />}
        <Select
          {...form.choice("culture", {
            label: t("admin.userImports.culture"),
            help: t("admin.userImports.cultureHelp"),
          })}
          data={[
            { value: "Auto", label: "Auto" },
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
        />
        <Checkbox
          {...form.flag("adapt", {
            label: t("admin.userImports.adapt"),
            help: t("admin.userImports.adaptHelp"),
          })}
        />
      </div>
    </fieldset>
  );
}

function Interval({ form }: Props) {
  const { t } = useTranslation();
  const { every, unit } = form.draft;
  return (
    <div className={classes.pair}>
      <NumberInput
        min={1}
        max={LONGEST[unit]}
        {...form.number("every", { label: t("admin.directories.every") })}
        value={every}
        error={form.about("minutes", { label: "" }).error}
      />
      <NativeSelect
        label={t("admin.directories.unit")}
        value={unit}
        data={UNITS.map((value) => ({ value, label: t(`admin.directories.units.${value}`) }))}
        onChange={(event) => form.set({ unit: event.currentTarget.value as Unit })}
      />
    </div>
  );
}
