import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import own from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { type Form, useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ManualLink } from "../manual/ManualLink.tsx";
import type { Connector, UserImport } from "../rows.ts";
import { kindChoices } from "../settings/kinds.ts";
import { named } from "../settings/named.ts";
import { SettingsForm } from "../settings/SettingsForm.tsx";
import { DryRun } from "./DryRun.tsx";
import { Fields } from "./Fields.tsx";
import { ImportState } from "./ImportState.tsx";
import { DeviceFlags, DeviceType, Others } from "./Options.tsx";
import { Reports } from "./Reports.tsx";
import { begun, type Draft, draftOf, MODES, sourcesOf, toSend } from "./userImport.ts";

type Props = { row: UserImport | null; connectors: Connector[] };

/** An import of users, in the blocks of the guide. */
export function ImportForm({ row, connectors }: Props) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const saving = useSaving("user-imports", row);
  const domains = useList("domains").data ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.userImports.one") });
  const home = address.domain ?? domains[0]?.id ?? "";
  const form = useForm<Draft>(title, draftOf(row, connectors, home));
  const save = (over?: number) => {
    const changes = {
      ...toSend(form.draft, connectors, row),
      // Nor is what somebody else changed of its directory written over unasked.
      ...(row && over === undefined && { directoryVersion: row.directoryVersion }),
    };
    return saving.save({ domain: form.draft.domain, ...changes }, changes, over);
  };
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      named={(problem) => named(t, problem, `directories.${form.draft.connector}`)}
      removal={row ? { words: t("admin.userImports.removes"), remove: saving.remove } : undefined}
    >
      <ManualLink page="admin/user-imports.md" />
      <Description form={form} row={row} connectors={connectors} />
      <Source form={form} row={row} connectors={connectors} />
      <DeviceType form={form} help={t("admin.userImports.linkHelp")}>
        <DeviceFlags form={form} />
      </DeviceType>
      <Fields form={form} />
      <Others form={form} />
      {row ? (
        <>
          <ImportState id={row.id} />
          <DryRun id={row.id} />
          <p className={classes.quiet}>
            {t("admin.userImports.rights")}{" "}
            <button
              type="button"
              className={own.link}
              onClick={() =>
                go({ page: "directories", edit: row.directory, filters: { tab: "rights" } })
              }
            >
              {t("admin.userImports.openDirectory")}
            </button>
          </p>
          <Reports row={row} />
        </>
      ) : (
        <p className={classes.quiet}>{t("admin.userImports.saveFirst")}</p>
      )}
    </SideForm>
  );
}

type Part = Props & { form: Form<Draft> };

function Description({ form, row, connectors }: Part) {
  const { t } = useTranslation();
  const domains = useList("domains").data ?? [];
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          {...form.text("name", {
            label: t("admin.userImports.description"),
            help: t("admin.userImports.descriptionHelp"),
            required: true,
          })}
          data-autofocus={row === null || undefined}
        />
        <Select
          {...form.choice("domain", { label: t("admin.directories.domain"), required: true })}
          disabled={row !== null}
          data={domains.map((each) => ({ value: each.id, label: each.name }))}
        />
      </div>
      <Select
        {...form.choice("connector", { label: t("admin.userImports.type") })}
        data={kindChoices(t, sourcesOf(connectors))}
        onChange={(name) => name && form.set(begun(connectors, name, row))}
      />
      <Select
        {...form.choice("mode", {
          label: t("admin.userImports.mode"),
          help: t(`admin.userImports.modeHelp.${form.draft.mode}`),
        })}
        data={MODES.map((value) => ({ value, label: t(`admin.userImports.modes.${value}`) }))}
      />
    </>
  );
}

/** Where they are read from: as of a directory. */
function Source({ form, row, connectors }: Part) {
  const { connector, settings } = form.draft;
  const chosen = connectors.find((each) => each.name === connector);
  const words = `directories.${connector}`;
  return (
    <SettingsForm
      fields={chosen?.fields ?? []}
      values={settings}
      isSet={row?.connector === connector ? row.isSet : {}}
      problem={form.problem}
      words={words}
      onChange={(values) => form.set({ settings: values })}
      companyFiles
    />
  );
}
