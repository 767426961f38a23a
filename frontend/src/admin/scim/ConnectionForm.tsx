import { Checkbox, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { named } from "../choices.ts";
import { useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { type Form, useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ManualLink } from "../manual/ManualLink.tsx";
import type { ScimConnection } from "../rows.ts";
import { DeviceType } from "../userImports/Options.tsx";
import { type Draft, draftOf, toSend } from "./connection.ts";
import { Token } from "./Token.tsx";

/** How an identity provider keeps users of a domain, and its token. */
export function ConnectionForm({ row }: { row: ScimConnection | null }) {
  const { t } = useTranslation();
  const { address } = useAddress();
  const saving = useSaving("scim-connections", row);
  const domains = useList("domains").data ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.scim.one") });
  const form = useForm<Draft>(title, draftOf(row, address.domain ?? domains[0]?.id ?? ""));
  const changes = toSend(form.draft);
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save({ domain: form.draft.domain, ...changes }, changes, over)}
      reload={saving.refresh}
      removal={row ? { words: t("admin.scim.removes"), remove: saving.remove } : undefined}
    >
      <ManualLink page="admin/scim.md" />
      <div className={classes.pair}>
        <TextInput
          {...form.text("name", { label: t("admin.scim.name"), required: true })}
          data-autofocus={row === null || undefined}
        />
        <Select
          {...form.choice("domain", { label: t("admin.scim.domain"), required: true })}
          disabled={row !== null}
          data={named(domains)}
        />
      </div>
      {row ? <Token row={row} /> : <p className={classes.quiet}>{t("admin.scim.saveFirst")}</p>}
      <Whose form={form} />
      <DeviceType form={form} help={t("admin.scim.linkHelp")} />
      <Numbers form={form} />
    </SideForm>
  );
}

function Whose({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.scim.whose")}</legend>
      <Checkbox
        {...form.flag("takeOver", {
          label: t("admin.scim.takeOver"),
          help: t("admin.scim.takeOverHelp"),
        })}
      />
    </fieldset>
  );
}

function Numbers({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  return (
    <div className={classes.fields}>
      {form.draft.link !== "-" && (
        <Checkbox
          {...form.flag("adapt", {
            label: t("admin.userImports.adapt"),
            help: t("admin.userImports.adaptHelp"),
          })}
        />
      )}
      <Select
        {...form.choice("culture", {
          label: t("admin.userImports.culture"),
          help: t("admin.scim.cultureHelp"),
        })}
        data={[
          { value: "Auto", label: "Auto" },
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
      />
    </div>
  );
}
