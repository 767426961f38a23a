import { Tabs } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { fieldLabel, storedLabel } from "../../shared/i18n/ownFields.ts";
import { ContactFiles } from "../../shared/ui/ContactFiles.tsx";
import { useValue } from "../../shared/live/context.tsx";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { type Form, useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import type { Connector, Directory, Grant, Run } from "../rows.ts";
import own from "./Directories.module.css";
import { ConnectorTab } from "./ConnectorTab.tsx";
import { type Draft, draftOf, TABS, type Tab, tabOf, toSend } from "./directory.ts";
import { Fields, PrivateFields } from "./Fields.tsx";
import { saveGrants } from "./grants.ts";
import { named } from "./named.ts";
import { Merge, NameAndPriority } from "./NameAndPriority.tsx";
import { Rights } from "./Rights.tsx";
import { contactsOf } from "./runs.ts";
import { SynchronisationTab } from "./SynchronisationTab.tsx";

type Props = { row: Directory | null; connectors: Connector[]; grants: Grant[] };

/** A directory in the steps of the guide: connector, fields, synchronisation; and its rights. */
export function DirectoryForm({ row, connectors, grants }: Props) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const saving = useSaving("directories", row);
  const domains = useList("domains").data ?? [];
  const title = row
    ? directoryName(t, row.name, row.builtIn !== null)
    : t("admin.form.create", { what: t("admin.directories.one") });
  const contacts = contactsOf(useValue<Run>(`run/${row?.id}`));
  const builtIn = Boolean(row?.builtIn);
  const home = address.domain ?? domains[0]?.id ?? "";
  const form = useForm<Draft>(title, {
    ...draftOf(row, grants, connectors, home),
    ...(row && builtIn && { name: title, labels: labelsOf(row.labels, (one) => fieldLabel(t, one, true)) }),
  });
  const [tab, setTab] = useState<Tab>("connector");
  // A link may lead to one of the tabs.
  const { tab: linked, ...filters } = address.filters;
  useEffect(() => {
    const to = TABS.find((each) => each === linked);
    if (!to) return;
    setTab(to);
    go({ filters });
  }, [linked]);
  // What the server complains of is shown where it stands.
  useEffect(() => {
    const where = tabOf(form.problem?.field);
    if (where && !builtIn) setTab(where);
  }, [form.problem, builtIn]);
  const save = (over?: number) => {
    const changes = toSend(form.draft, connectors, row?.builtIn ?? null);
    // The name that TWS gave it is stored in English, and shown in any language.
    if (row && builtIn && changes.name === title) changes.name = row.name;
    if (row && builtIn && changes.labels) {
      changes.labels = labelsOf(changes.labels, (one, field) =>
        storedLabel(t, one, row.labels[field]),
      );
    }
    return saving.save({ domain: form.draft.domain, ...changes }, changes, over, (saved) =>
      saveGrants(saved.id, grants, form.draft.grants),
    );
  };
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      named={(problem) => named(t, problem, form.draft.connector)}
      removal={
        row && !builtIn
          ? {
              words:
                contacts === null
                  ? t("admin.directories.removesBare")
                  : t("admin.directories.removes", { count: contacts }),
              remove: saving.remove,
            }
          : undefined
      }
    >
      {builtIn ? (
        <>
          <BuiltIn form={form} />
          {row?.builtIn !== "tws_users" && <PrivateFields form={form} own />}
          <section aria-label={t("admin.directories.tabs.rights")}>
            <h3 className={own.part}>{t("admin.directories.tabs.rights")}</h3>
            <Rights form={form} />
          </section>
          {row?.builtIn === "tws_public" && (
            <ContactFiles
              title={t("admin.directories.asFiles")}
              kept={{ company: row.company, domain: row.domain }}
            />
          )}
        </>
      ) : (
        <Tabs
          value={tab}
          onChange={(to) => to && setTab(to as Tab)}
          keepMounted={false}
          classNames={{ list: own.tabs, panel: own.panel }}
        >
          <Tabs.List aria-label={title}>
            {TABS.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`admin.directories.tabs.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="connector">
            <ConnectorTab form={form} row={row} connectors={connectors} />
          </Tabs.Panel>
          <Tabs.Panel value="fields">
            <Fields form={form} />
          </Tabs.Panel>
          <Tabs.Panel value="synchronisation">
            <SynchronisationTab form={form} row={row} grants={grants} />
          </Tabs.Panel>
          <Tabs.Panel value="rights">
            <Rights form={form} />
          </Tabs.Panel>
        </Tabs>
      )}
    </SideForm>
  );
}

function labelsOf(
  labels: Draft["labels"],
  worded: (label: string, field: string) => string,
): Draft["labels"] {
  return Object.fromEntries(
    Object.entries(labels).map(([field, label]) => [field, worded(label, field)]),
  );
}

/** Of TWS's own directories little can be changed. */
function BuiltIn({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.quiet}>{t("admin.directories.ownHelp")}</p>
      <NameAndPriority form={form} />
      <Merge form={form} />
    </>
  );
}
