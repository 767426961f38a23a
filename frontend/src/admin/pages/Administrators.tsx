import { MultiSelect, NativeSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Sessions } from "../../shared/account/Sessions.tsx";
import { request } from "../../shared/api/client.ts";
import { removing } from "../bulk/Bulk.tsx";
import { useList } from "../data.ts";
import { KINDS } from "../incidents/incident.ts";
import { TestMail } from "../incidents/TestMail.tsx";
import parts from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import type { Administrator } from "../rows.ts";
import { useSuperUser } from "../self.ts";
import { PasskeysOf } from "./PasskeysOf.tsx";
import { SecondFactorOf } from "./SecondFactorOf.tsx";
import classes from "./Note.module.css";

/** Of mails that cannot be sent no mail tells. */
const TOLD = KINDS.filter((kind) => kind !== "mailNotSent");

export function Administrators() {
  const { t } = useTranslation();
  const list = useList("administrators");
  const superUser = useSuperUser();
  const companies = useList("companies").data ?? [];
  const named = (row: Administrator) =>
    companies
      .filter((company) => row.companies.includes(company.id))
      .map((company) => company.name)
      .join(", ");
  return (
    <ListPage
      title={t("admin.pages.administrators")}
      rows={list.data ?? []}
      columns={[
        { label: t("admin.administrators.username"), value: (row) => row.username },
        {
          label: t("admin.administrators.superUser"),
          value: (row) => t(row.superUser ? "yes" : "no"),
        },
        { label: t("admin.administrators.companies"), value: named, spare: true },
      ]}
      text={(row) => `${row.username} ${named(row)}`}
      empty={t("admin.administrators.empty")}
      canAdd={superUser}
      note={!superUser && <p className={classes.note}>{t("admin.administrators.superUsers")}</p>}
      bulk={
        superUser
          ? {
              name: (row) => row.username,
              remove: removing("administrators"),
              removes: () => t("admin.bulk.removes.administrators"),
            }
          : undefined
      }
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <AdministratorForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

/** Where they are signed in, and what they lost with their telephone. */
function AdministratorSecurity({ place }: { place: string }) {
  return (
    <div className={parts.part}>
      <Sessions place={`${place}/sessions`} />
      <PasskeysOf place={`${place}/passkeys`} />
      <SecondFactorOf place={`${place}/second-factor`} />
    </div>
  );
}

function AdministratorForm({ row }: { row: Administrator | null }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "fr" ? "fr" : "en";
  const saving = useSaving("administrators", row);
  const may = useSuperUser();
  const companies = useList("companies").data ?? [];
  const title = row?.username ?? t("admin.form.create", { what: t("admin.administrators.one") });
  const form = useForm(title, {
    username: row?.username ?? "",
    superUser: row?.superUser ?? false,
    companies: row?.companies ?? [],
    email: row?.email ?? "",
    culture: row?.culture ?? language,
    muted: row?.muted ?? [],
    password: "",
  });
  const { password, ...fields } = form.draft;
  const { email, culture: told, muted } = fields;
  // Of themselves others may change no more than this.
  const changes = may ? fields : { email, culture: told, muted };
  const save = (over?: number) =>
    saving.save(fields, changes, over, async (saved) => {
      if (!password) return;
      await request("PUT", `/admin/administrators/${saved.id}/password`, { body: { password } });
      form.set({ password: "" });
    });
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      removal={
        row && may
          ? { words: t("admin.administrators.removes"), remove: saving.remove }
          : undefined
      }
    >
      <TextInput
        {...form.text("username", {
          label: t("admin.administrators.username"),
          help: t("admin.administrators.usernameHelp"),
          required: true,
        })}
        autoComplete="off"
        disabled={!may}
        autoFocus={!row}
      />
      <PasswordInput
        {...form.text("password", {
          label: t("admin.administrators.password"),
          ...(row ? { help: t("admin.administrators.passwordHelp") } : {}),
          required: !row,
        })}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
      />
      <Switch
        {...form.flag("superUser", {
          label: t("admin.administrators.superUser"),
          help: t("admin.administrators.superUserHelp"),
        })}
        disabled={!may}
      />
      {!form.draft.superUser && (
        <MultiSelect
          label={t("admin.administrators.companies")}
          description={t("admin.administrators.companiesHelp")}
          data={companies.map((company) => ({ value: company.id, label: company.name }))}
          searchable
          value={form.draft.companies}
          disabled={!may}
          onChange={(value) => form.set({ companies: value })}
        />
      )}
      <TextInput
        {...form.text("email", {
          label: t("admin.administrators.email"),
          help: t("admin.administrators.emailHelp"),
        })}
        type="email"
      />
      {form.draft.email && (
        <>
          <NativeSelect
            label={t("admin.administrators.culture")}
            value={form.draft.culture}
            onChange={(event) =>
              form.set({ culture: event.currentTarget.value === "fr" ? "fr" : "en" })
            }
            data={[
              { value: "fr", label: "Français" },
              { value: "en", label: "English" },
            ]}
          />
          <MultiSelect
            label={t("admin.administrators.told")}
            description={t("admin.administrators.toldHelp")}
            data={TOLD.map((kind) => ({
              value: kind,
              label: t(`admin.incidents.kinds.${kind}`),
            }))}
            value={TOLD.filter((kind) => !form.draft.muted.includes(kind))}
            onChange={(value) =>
              form.set({ muted: TOLD.filter((kind) => !value.includes(kind)) })
            }
          />
          <TestMail to={form.draft.email} />
        </>
      )}
      {row && may && <AdministratorSecurity place={`/admin/administrators/${row.id}`} />}
    </SideForm>
  );
}
