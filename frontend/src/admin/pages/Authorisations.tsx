import { SegmentedControl, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useInDomain, useList } from "../data.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { Authorisation } from "../rows.ts";

const APPLICATIONS = ["TWS Caller", "TWS Toolkit"];

export function Authorisations() {
  const { t } = useTranslation();
  const list = useList("authorisations");
  const names = useNames();
  const who = (row: Authorisation) => names.group(row.group) || names.user(row.user);
  const kind = (row: Authorisation) =>
    t(row.group ? "admin.authorisations.group" : "admin.authorisations.user");
  return (
    <ListPage
      title={t("admin.pages.authorisations")}
      rows={list.data ?? []}
      columns={[
        { label: t("admin.authorisations.who"), value: who },
        { label: t("admin.authorisations.kind"), value: kind },
        { label: t("admin.authorisations.application"), value: (row) => row.application },
      ]}
      text={(row) => `${row.application} ${who(row)} ${kind(row)}`}
      empty={t("admin.authorisations.empty")}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        row ? (
          <Granted key={row.id} row={row} name={`${row.application}, ${who(row)}`} />
        ) : (
          <Grant key="new" />
        )
      }
    />
  );
}

/** What was granted cannot be changed, only withdrawn. */
function Granted({ row, name }: { row: Authorisation; name: string }) {
  const { t } = useTranslation();
  const saving = useSaving("authorisations", row);
  const form = useForm(name, {});
  return (
    <SideForm
      title={name}
      form={form}
      removal={{ words: t("admin.authorisations.removes"), remove: saving.remove }}
    >
      <p>{t("admin.authorisations.applicationHelp")}</p>
    </SideForm>
  );
}

function Grant() {
  const { t } = useTranslation();
  const saving = useSaving("authorisations", null);
  const groups = useInDomain(useList("groups").data);
  const users = useInDomain(useList("users").data);
  const title = t("admin.form.create", { what: t("admin.authorisations.one") });
  const form = useForm(title, { application: "TWS Caller", kind: "group", who: "" });
  const { application, kind, who } = form.draft;
  const body = { application, [kind]: who };
  const people =
    kind === "group"
      ? groups.map((group) => ({ value: group.id, label: group.name }))
      : users.map((user) => ({ value: user.id, label: user.displayName }));
  return (
    <SideForm title={title} form={form} save={() => saving.save(body, body)}>
      <Select
        {...form.choice("application", {
          label: t("admin.authorisations.application"),
          help: t("admin.authorisations.applicationHelp"),
        })}
        data={APPLICATIONS}
      />
      <SegmentedControl
        aria-label={t("admin.authorisations.kind")}
        data={(["group", "user"] as const).map((value) => ({
          value,
          label: t(`admin.authorisations.${value}`),
        }))}
        value={kind}
        onChange={(value) => form.set({ kind: value, who: "" })}
      />
      <Select
        {...form.choice("who", {
          label: t("admin.authorisations.who"),
          help: t("admin.authorisations.whoHelp"),
          required: true,
        })}
        searchable
        data={people}
      />
    </SideForm>
  );
}
