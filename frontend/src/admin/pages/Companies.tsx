import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useList } from "../data.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import type { Company } from "../rows.ts";
import { useSuperUser } from "../self.ts";
import { AllData } from "../erasing/AllData.tsx";
import classes from "./Note.module.css";

export function Companies() {
  const { t } = useTranslation();
  const list = useList("companies");
  const superUser = useSuperUser();
  return (
    <ListPage
      title={t("admin.pages.companies")}
      rows={list.data ?? []}
      columns={[{ label: t("admin.companies.name"), value: (row) => row.name }]}
      text={(row) => row.name}
      empty={t("admin.companies.empty")}
      canAdd={superUser}
      note={!superUser && <p className={classes.note}>{t("admin.companies.superUsers")}</p>}
      bulk={
        superUser
          ? {
              name: (row) => row.name,
              remove: removing("companies"),
              removes: () => t("admin.bulk.removes.companies"),
            }
          : undefined
      }
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <CompanyForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

function CompanyForm({ row }: { row: Company | null }) {
  const { t } = useTranslation();
  const saving = useSaving("companies", row);
  const superUser = useSuperUser();
  const domains = useList("domains").data?.filter((domain) => domain.company === row?.id) ?? [];
  const users = useList("users").data?.filter((user) => user.company === row?.id) ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.companies.one") });
  const form = useForm(title, { name: row?.name ?? "" });
  const words = t("admin.companies.removes", { domains: domains.length, users: users.length });
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save(form.draft, form.draft, over)}
      reload={saving.refresh}
      removal={row && superUser ? { words, remove: saving.remove } : undefined}
    >
      <TextInput
        {...form.text("name", {
          label: t("admin.companies.name"),
          help: t("admin.companies.nameHelp"),
          required: true,
        })}
        autoFocus={!row}
      />
      {row && <AllData kind="companies" of={row} />}
    </SideForm>
  );
}
