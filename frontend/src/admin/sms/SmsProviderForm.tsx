import { Code, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NameAndDomain } from "../form/NameAndDomain.tsx";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useHome } from "../form/useHome.ts";
import { useSaving } from "../form/useSaving.ts";
import { ManualLink } from "../manual/ManualLink.tsx";
import type { SmsConnector, SmsProvider } from "../rows.ts";
import { firstKind, kindChoices } from "../settings/kinds.ts";
import { SettingsForm } from "../settings/SettingsForm.tsx";
import { type Settings, settingsOf, toSend } from "../settings/settings.ts";
import { ProviderState } from "./ProviderState.tsx";
import { ProviderTrial } from "./ProviderTrial.tsx";

type Draft = {
  name: string;
  domain: string;
  connector: string;
  sender: string;
  enabled: boolean;
  settings: Settings;
};
type Props = { row: SmsProvider | null; connectors: SmsConnector[] };

/** By whom the text messages of a domain are sent. */
export function SmsProviderForm({ row, connectors }: Props) {
  const { t } = useTranslation();
  const home = useHome();
  const saving = useSaving("sms-providers", row);
  const title = row?.name ?? t("admin.form.create", { what: t("admin.sms.one") });
  const chosen = (name: string) => connectors.find((each) => each.name === name);
  const startWith = (name: string) =>
    settingsOf(chosen(name)?.fields ?? [], row?.connector === name ? row.settings : {});
  const first = row?.connector ?? firstKind(connectors);
  const form = useForm<Draft>(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? home,
    connector: first,
    sender: row?.sender ?? "",
    enabled: row?.enabled ?? true,
    settings: startWith(first),
  });
  const { domain, settings, ...fields } = form.draft;
  const kind = chosen(fields.connector);
  const changes = { ...fields, settings: toSend(kind?.fields ?? [], settings) };
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save({ domain, ...changes }, changes, over)}
      reload={saving.refresh}
      removal={row ? { words: t("admin.sms.removes"), remove: saving.remove } : undefined}
    >
      {row && <ProviderState id={row.id} why />}
      <div className={classes.pair}>
        <NameAndDomain form={form} of="sms" isNew={!row} />
      </div>
      <Select
        {...form.choice("connector", { label: t("admin.sms.connector") })}
        data={kindChoices(t, connectors)}
        onChange={(name) => name && form.set({ connector: name, settings: startWith(name) })}
      />
      <TextInput
        {...form.text("sender", {
          label: t("admin.sms.sender"),
          help: t("admin.sms.senderHelp"),
        })}
        maxLength={20}
      />
      <ManualLink page="admin/sms.md" />
      <SettingsForm
        fields={kind?.fields ?? []}
        values={settings}
        isSet={row?.connector === fields.connector ? row.isSet : {}}
        problem={form.problem}
        words={`sms.${fields.connector}`}
        onChange={(values) => form.set({ settings: values })}
        companyFiles
      />
      {row?.connector === "http" && row.isSet.report_key && (
        <p className={classes.quiet}>
          {t("admin.sms.report")} <Code>{reportAddress(row.id)}</Code>
        </p>
      )}
      <Switch
        {...form.flag("enabled", {
          label: t("admin.sms.enabled"),
          help: t("admin.sms.enabledHelp"),
        })}
      />
      {kind && (
        <ProviderTrial
          body={{
            domain,
            provider: row?.id ?? null,
            connector: fields.connector,
            sender: fields.sender,
            settings: changes.settings,
          }}
        />
      )}
    </SideForm>
  );
}

function reportAddress(id: string): string {
  return `${window.location.origin}/api/v1/sms-reports/${id}/…`;
}
