import { MultiSelect, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { useList } from "../data.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import type { Administrator } from "../rows.ts";

export function Administrators() {
  const { t } = useTranslation();
  const list = useList("administrators");
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
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <AdministratorForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

function AdministratorForm({ row }: { row: Administrator | null }) {
  const { t } = useTranslation();
  const saving = useSaving("administrators", row);
  const companies = useList("companies").data ?? [];
  const title = row?.username ?? t("admin.form.create", { what: t("admin.administrators.one") });
  const form = useForm(title, {
    username: row?.username ?? "",
    superUser: row?.superUser ?? false,
    companies: row?.companies ?? [],
    password: "",
  });
  const { password, ...fields } = form.draft;
  const save = (over?: number) =>
    saving.save(fields, fields, over, async (saved) => {
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
        row ? { words: t("admin.administrators.removes"), remove: saving.remove } : undefined
      }
    >
      <TextInput
        {...form.text("username", {
          label: t("admin.administrators.username"),
          help: t("admin.administrators.usernameHelp"),
          required: true,
        })}
        autoComplete="off"
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
      />
      {!form.draft.superUser && (
        <MultiSelect
          label={t("admin.administrators.companies")}
          description={t("admin.administrators.companiesHelp")}
          data={companies.map((company) => ({ value: company.id, label: company.name }))}
          value={form.draft.companies}
          onChange={(value) => form.set({ companies: value })}
        />
      )}
    </SideForm>
  );
}
