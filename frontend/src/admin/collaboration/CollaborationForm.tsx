import { Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NameAndDomain } from "../form/NameAndDomain.tsx";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useHome } from "../form/useHome.ts";
import { useSaving } from "../form/useSaving.ts";
import { ManualLink } from "../manual/ManualLink.tsx";
import type { CalendarConnector, CollaborationSource } from "../rows.ts";
import { firstKind, kindChoices } from "../settings/kinds.ts";
import { SettingsForm } from "../settings/SettingsForm.tsx";
import { type Settings, settingsOf, toSend } from "../settings/settings.ts";
import { SourceErrors } from "./SourceErrors.tsx";
import { SourceState } from "./SourceState.tsx";
import { SourceTrial } from "./SourceTrial.tsx";

type Draft = {
  name: string;
  domain: string;
  connector: string;
  enabled: boolean;
  settings: Settings;
};
type Props = { row: CollaborationSource | null; connectors: CalendarConnector[] };

/** Where the calendars of a domain are read. */
export function CollaborationForm({ row, connectors }: Props) {
  const { t } = useTranslation();
  const home = useHome();
  const saving = useSaving("collaboration-sources", row);
  const title = row?.name ?? t("admin.form.create", { what: t("admin.collaboration.one") });
  const chosen = (name: string) => connectors.find((each) => each.name === name);
  const startWith = (name: string) =>
    settingsOf(chosen(name)?.fields ?? [], row?.connector === name ? row.settings : {});
  const first = row?.connector ?? firstKind(connectors);
  const form = useForm<Draft>(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? home,
    connector: first,
    enabled: row?.enabled ?? true,
    settings: startWith(first),
  });
  const { domain, settings, ...fields } = form.draft;
  const product = chosen(fields.connector);
  const changes = { ...fields, settings: toSend(product?.fields ?? [], settings) };
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save({ domain, ...changes }, changes, over)}
      reload={saving.refresh}
      removal={
        row ? { words: t("admin.collaboration.removes"), remove: saving.remove } : undefined
      }
    >
      {row && <SourceState id={row.id} why />}
      <div className={classes.pair}>
        <NameAndDomain form={form} of="collaboration" isNew={!row} />
      </div>
      <Select
        {...form.choice("connector", {
          label: t("admin.collaboration.connector"),
          help: t(
            product?.accounts
              ? "admin.collaboration.ownAccounts"
              : "admin.collaboration.oneAccount",
          ),
        })}
        data={kindChoices(t, connectors)}
        onChange={(name) => name && form.set({ connector: name, settings: startWith(name) })}
      />
      <ManualLink page="admin/calendars.md" />
      <SettingsForm
        fields={product?.fields ?? []}
        values={settings}
        isSet={row?.connector === fields.connector ? row.isSet : {}}
        problem={form.problem}
        words={`calendars.${fields.connector}`}
        onChange={(values) => form.set({ settings: values })}
        companyFiles
      />
      <Switch
        {...form.flag("enabled", {
          label: t("admin.collaboration.enabled"),
          help: t("admin.collaboration.enabledHelp"),
        })}
      />
      {product && (
        <SourceTrial
          body={{
            domain,
            source: row?.id ?? null,
            connector: fields.connector,
            settings: changes.settings,
          }}
          row={row}
          dirty={form.dirty}
        />
      )}
      {row && <SourceErrors id={row.id} />}
    </SideForm>
  );
}
