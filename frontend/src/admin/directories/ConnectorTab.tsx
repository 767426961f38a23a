import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import { directoryPage, ManualLink } from "../manual/ManualLink.tsx";
import type { Connector, Directory } from "../rows.ts";
import { kindChoices } from "../settings/kinds.ts";
import { SettingsForm } from "../settings/SettingsForm.tsx";
import { begun, type Draft, offers, toTry } from "./directory.ts";
import { NameAndPriority } from "./NameAndPriority.tsx";
import { Trial } from "./Trial.tsx";

type Props = { form: Form<Draft>; row: Directory | null; connectors: Connector[] };

const KINDS = ["public", "private", "disabled"] as const;

/** What a directory is, and where it is read from. */
export function ConnectorTab({ form, row, connectors }: Props) {
  const { t } = useTranslation();
  const domains = useList("domains").data ?? [];
  const { connector, kind, settings } = form.draft;
  const chosen = connectors.find((each) => each.name === connector);
  return (
    <div className={classes.fields}>
      <NameAndPriority form={form} fresh={!row} />
      <div className={classes.pair}>
        <Select
          {...form.choice("domain", {
            label: t("admin.directories.domain"),
            help: t("admin.directories.domainHelp"),
            required: true,
          })}
          disabled={row !== null}
          data={domains.map((each) => ({ value: each.id, label: each.name }))}
        />
        <Select
          {...form.choice("kind", {
            label: t("admin.directories.kind"),
            help: t(`admin.directories.kindHelp.${kind}`),
          })}
          data={KINDS.map((value) => ({
            value,
            label: t(`admin.directories.kinds.${value}`),
            disabled: !offers(chosen, value),
          }))}
        />
      </div>
      <Select
        {...form.choice("connector", {
          label: t("admin.directories.connector"),
          help: t("admin.directories.connectorHelp"),
        })}
        data={kindChoices(t, connectors)}
        onChange={(name) => name && form.set(begun(connectors, name, row, kind))}
      />
      <ManualLink page={directoryPage(connector)} />
      <SettingsForm
        fields={chosen?.fields ?? []}
        values={settings}
        isSet={row?.connector === connector ? row.isSet : {}}
        problem={form.problem}
        words={`directories.${connector}`}
        onChange={(values) => form.set({ settings: values })}
        companyFiles
      />
      {kind !== "disabled" && <Trial body={toTry(form.draft, connectors, row)} />}
    </div>
  );
}
