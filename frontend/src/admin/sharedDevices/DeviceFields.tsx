import { NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { named } from "../choices.ts";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import { type DeviceDraft, NO_MEDIA, PROTOCOLS } from "./device.ts";

type Props<D extends DeviceDraft> = {
  form: Form<D>;
  /** The links of its domain can be chosen. */
  domain: string;
  media: readonly string[];
  passwordSet: boolean;
  numberHelp: string;
  /** What belongs beside the number. */
  beside?: React.ReactNode;
};

/** The device that a queue or an intercom group has in the PBX. */
export function DeviceFields<D extends DeviceDraft>(props: Props<D>) {
  const { t } = useTranslation();
  // The fields are those of every such draft, whatever else it has.
  const form = props.form as unknown as Form<DeviceDraft>;
  const { mediaProtocol } = form.draft;
  const links = (useList("links").data ?? []).filter((link) => link.domain === props.domain);
  const words = (name: "link" | "protocol" | "mediaProtocol" | "lines" | "password") => ({
    label: t(`admin.sharedDevices.${name}`),
    help: t(`admin.sharedDevices.${name}Help`),
  });
  return (
    <fieldset className={`${classes.part} ${classes.fields}`}>
      <legend className={classes.legend}>{t("admin.sharedDevices.device")}</legend>
      <Select {...form.choice("link", words("link"))} data={named(links)} clearable />
      <TextInput
        {...form.text("number", {
          label: t("admin.sharedDevices.number"),
          help: props.numberHelp,
        })}
        inputMode="numeric"
      />
      {props.beside}
      <Select
        {...form.choice("mediaProtocol", words("mediaProtocol"))}
        data={props.media.map((value) => ({
          value,
          label: `${value} – ${t(`admin.sharedDevices.${value === NO_MEDIA ? "physical" : "virtual"}`)}`,
        }))}
      />
      {mediaProtocol !== NO_MEDIA && (
        <NumberInput {...form.number("lines", words("lines"))} min={1} max={1000} />
      )}
      <Select {...form.choice("protocol", words("protocol"))} data={[...PROTOCOLS]} />
      <PasswordInput
        {...form.text("password", {
          ...words("password"),
          ...(props.passwordSet && { help: t("admin.settings.isSet") }),
        })}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
      />
    </fieldset>
  );
}
