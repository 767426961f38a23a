import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { LinkMark } from "../live/LinkMark.tsx";
import type { Dialect, Link } from "../rows.ts";
import { firstKind, kindChoices } from "../settings/kinds.ts";
import { type Settings, settingsOf, toSend } from "../settings/settings.ts";
import { SettingsForm } from "../settings/SettingsForm.tsx";
import { LinkTrial } from "./LinkTrial.tsx";
import { Snippets } from "./Snippets.tsx";

type Draft = {
  name: string;
  domain: string;
  dialect: string;
  capacity: number;
  enabled: boolean;
  settings: Settings;
};

export function LinkForm({ row, dialects }: { row: Link | null; dialects: Dialect[] }) {
  const { t } = useTranslation();
  const { address } = useAddress();
  const saving = useSaving("links", row);
  const domains = useList("domains").data ?? [];
  const devices = useList("devices").data?.filter((device) => device.link === row?.id) ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.links.one") });
  const fieldsOf = (name: string) => dialects.find((each) => each.name === name)?.fields ?? [];
  const addsToPbx = dialects.find((each) => each.name === row?.dialect)?.addsToPbx;
  const startWith = (name: string) =>
    settingsOf(fieldsOf(name), row?.dialect === name ? row.settings : {});
  const first = row?.dialect ?? firstKind(dialects);
  const form = useForm<Draft>(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? address.domain ?? domains[0]?.id ?? "",
    dialect: first,
    capacity: row?.capacity ?? 500,
    enabled: row?.enabled ?? true,
    settings: startWith(first),
  });
  const { domain, settings, ...fields } = form.draft;
  const asked = fieldsOf(fields.dialect);
  const changes = { ...fields, settings: toSend(asked, settings) };
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save({ domain, ...changes }, changes, over)}
      reload={saving.refresh}
      removal={
        row
          ? { words: t("admin.links.removes", { count: devices.length }), remove: saving.remove }
          : undefined
      }
    >
      {row && <LinkMark id={row.id} why />}
      <div className={classes.pair}>
        <TextInput
          {...form.text("name", {
            label: t("admin.links.name"),
            help: t("admin.links.nameHelp"),
            required: true,
          })}
          autoFocus={!row}
        />
        <Select
          {...form.choice("domain", {
            label: t("admin.links.domain"),
            help: t("admin.links.domainHelp"),
            required: true,
          })}
          disabled={row !== null}
          data={domains.map((each) => ({ value: each.id, label: each.name }))}
        />
        <Select
          {...form.choice("dialect", {
            label: t("admin.links.dialect"),
            help: t("admin.links.dialectHelp"),
          })}
          data={kindChoices(t, dialects)}
          onChange={(name) => name && form.set({ dialect: name, settings: startWith(name) })}
        />
        <NumberInput
          min={1}
          {...form.number("capacity", {
            label: t("admin.links.capacity"),
            help: t("admin.links.capacityHelp"),
          })}
        />
      </div>
      <SettingsForm
        fields={asked}
        values={settings}
        isSet={row?.isSet ?? {}}
        problem={form.problem}
        words="links"
        onChange={(values) => form.set({ settings: values })}
      />
      <LinkTrial
        body={{
          domain,
          dialect: fields.dialect,
          settings: changes.settings,
          ...(row ? { link: row.id } : {}),
        }}
      />
      <Switch
        {...form.flag("enabled", {
          label: t("admin.links.enabled"),
          help: t("admin.links.enabledHelp"),
        })}
      />
      {row && addsToPbx && <Snippets link={row} />}
    </SideForm>
  );
}
