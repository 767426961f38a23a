import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { DeviceMore } from "./DeviceMore.tsx";
import { type DeviceDraft, newDevice, PROTOCOLS } from "./devices.ts";
import type { Link } from "../rows.ts";

type Props = {
  lines: DeviceDraft[];
  problem: Problem | null;
  onChange: (lines: DeviceDraft[]) => void;
};

/** The telephones of a user, within the user's form. */
export function UserDevices({ lines, problem, onChange }: Props) {
  const { t } = useTranslation();
  const links = useList("links").data ?? [];
  const dialects = useList("dialects").data ?? [];
  const first = links[0];
  const protocolOf = (link: Link) =>
    dialects.find((each) => each.name === link.dialect)?.protocol ?? PROTOCOLS[0];
  const change = (key: string, more: Partial<DeviceDraft>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...more } : line)));
  const label = (name: "number" | "link" | "protocol" | "label") =>
    t(`admin.users.device.${name}`);
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.users.devices")}</legend>
      {lines.length === 0 && <p className={classes.quiet}>{t("admin.users.noDevices")}</p>}
      {lines.map((line) => (
        <div key={line.key} className={classes.device}>
          <div className={classes.line}>
            <TextInput
              size="xs"
              label={label("number")}
              required
              withAsterisk={false}
              inputMode="numeric"
              error={problem?.field === "number" && Boolean(problem)}
              value={line.number}
              onChange={(event) => change(line.key, { number: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              label={label("link")}
              data={links.map((link) => ({ value: link.id, label: link.name }))}
              value={line.link}
              onChange={(event) => change(line.key, { link: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              label={label("protocol")}
              data={PROTOCOLS}
              value={line.protocol}
              onChange={(event) => change(line.key, { protocol: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label={label("label")}
              value={line.label}
              onChange={(event) => change(line.key, { label: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={t("admin.users.removeDevice", { number: line.number })}
              onClick={() => onChange(lines.filter((other) => other.key !== line.key))}
            >
              <Minus size={15} />
            </ActionIcon>
          </div>
          <DeviceMore
            line={line}
            problem={problem}
            onChange={(more) => change(line.key, more)}
          />
        </div>
      ))}
      {first ? (
        <Button
          variant="subtle"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...lines, newDevice(first.id, protocolOf(first))])}
        >
          {t("admin.users.addDevice")}
        </Button>
      ) : (
        <p className={classes.quiet}>{t("admin.users.noLink")}</p>
      )}
    </fieldset>
  );
}
