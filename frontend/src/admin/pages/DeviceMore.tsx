import { NumberInput, PasswordInput, Select, Switch, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import { whyWords } from "../../shared/i18n/problem.ts";
import classes from "../form/SideForm.module.css";
import { type DeviceDraft, MEDIA_PROTOCOLS } from "./devices.ts";

type Props = {
  line: DeviceDraft;
  problem: Problem | null;
  onChange: (more: Partial<DeviceDraft>) => void;
};

/** What else the guide has of a telephone; some of it with the protocol SIP only. */
export function DeviceMore({ line, problem, onChange }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={classes.link}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t("admin.users.deviceMore", { number: line.number })}
      </button>
      <div id={id} className={classes.fields} hidden={!open}>
        {open && <Settings line={line} problem={problem} onChange={onChange} />}
      </div>
    </>
  );
}

function Settings({ line, problem, onChange }: Props) {
  const { t } = useTranslation();
  const about = (field: keyof DeviceDraft) => ({
    size: "xs",
    inputWrapperOrder: ["label", "input", "description", "error"] as Order,
    error: problem?.field === field ? whyWords(t, problem) : undefined,
  });
  return (
    <>
      <p className={classes.quiet}>{t("admin.users.deviceNotServed")}</p>
      <div className={classes.pair}>
        <PasswordInput
          {...about("password")}
          label={t("admin.users.device.password")}
          description={t(
            line.passwordSet ? "admin.settings.isSet" : "admin.users.devicePasswordHelp",
          )}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          value={line.password}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
        <TextInput
          {...about("ip")}
          label={t("admin.users.device.ip")}
          description={t("admin.users.deviceIpHelp")}
          value={line.ip}
          onChange={(event) => onChange({ ip: event.currentTarget.value })}
        />
        <NumberInput
          {...about("clientPort")}
          label={t("admin.users.device.clientPort")}
          allowDecimal={false}
          min={0}
          max={65535}
          value={line.clientPort}
          onChange={(value) => onChange({ clientPort: Number(value) })}
        />
        {line.protocol === "SIP" && (
          <>
            <TextInput
              {...about("sipProxy")}
              label={t("admin.users.device.sipProxy")}
              value={line.sipProxy}
              onChange={(event) => onChange({ sipProxy: event.currentTarget.value })}
            />
            <Select
              {...about("mediaProtocol")}
              label={t("admin.users.device.mediaProtocol")}
              data={MEDIA_PROTOCOLS}
              allowDeselect={false}
              value={line.mediaProtocol}
              onChange={(value) => onChange({ mediaProtocol: value ?? "None" })}
            />
          </>
        )}
      </div>
      <Flag line={line} name="video" onChange={onChange} />
      {line.protocol === "SIP" && (
        <>
          <Flag line={line} name="oneNumber" onChange={onChange} />
          <Flag line={line} name="softphone" onChange={onChange} />
        </>
      )}
    </>
  );
}

type Order = ("label" | "input" | "description" | "error")[];
type FlagProps = Omit<Props, "problem"> & { name: "video" | "oneNumber" | "softphone" };

function Flag({ line, name, onChange }: FlagProps) {
  const { t } = useTranslation();
  return (
    <Switch
      size="xs"
      label={t(`admin.users.device.${name}`)}
      description={t(`admin.users.deviceFlagHelp.${name}`)}
      checked={line[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  );
}
