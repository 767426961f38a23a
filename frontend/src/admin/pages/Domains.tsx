import { NumberInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useCompany, useList } from "../data.ts";
import classes from "../form/SideForm.module.css";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import type { Domain } from "../rows.ts";

const ZONES = Intl.supportedValuesOf("timeZone");

export function Domains() {
  const { t } = useTranslation();
  const list = useList("domains");
  return (
    <ListPage
      title={t("admin.pages.domains")}
      rows={list.data ?? []}
      columns={[
        { label: t("domain.name"), value: (row) => row.name },
        {
          label: t("domain.internalLength"),
          value: (row) => row.internalLength,
          figures: true,
          spare: true,
        },
        { label: t("domain.countryPrefix"), value: (row) => row.countryPrefix, figures: true },
        {
          label: t("domain.externalPrefix"),
          value: (row) => row.externalPrefix,
          figures: true,
          spare: true,
        },
        {
          label: t("domain.internationalPrefix"),
          value: (row) => row.internationalPrefix,
          figures: true,
          spare: true,
        },
        { label: t("domain.timeZone"), value: (row) => row.timeZone },
      ]}
      text={(row) => `${row.name} ${row.timeZone}`}
      empty={t("admin.domains.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("domains"),
        removes: () => t("admin.bulk.removes.domains"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <DomainForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

const GUIDE = {
  name: "",
  timeZone: "Europe/Paris",
  internalLength: 4,
  countryPrefix: "33",
  externalPrefix: "0",
  internationalPrefix: "00",
  nationalPrefix: "0",
  inverseLength: 9,
  incomingRemove: "0",
  incomingAdd: "",
};

function DomainForm({ row }: { row: Domain | null }) {
  const { t } = useTranslation();
  const company = useCompany();
  const saving = useSaving("domains", row);
  const users = useList("users").data?.filter((user) => user.domain === row?.id) ?? [];
  const links = useList("links").data?.filter((link) => link.domain === row?.id) ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.domains.one") });
  const form = useForm(title, row ? pick(row) : GUIDE);
  const words = t("admin.domains.removes", { users: users.length, links: links.length });
  const digits = (name: Digits, required = false) => (
    <TextInput
      inputMode="numeric"
      {...form.text(name, { label: t(`domain.${name}`), help: t(`domain.${name}Help`), required })}
    />
  );
  const length = (name: "internalLength" | "inverseLength") => (
    <NumberInput
      min={1}
      max={20}
      {...form.number(name, { label: t(`domain.${name}`), help: t(`domain.${name}Help`) })}
    />
  );
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save({ company, ...form.draft }, form.draft, over)}
      reload={saving.refresh}
      removal={row ? { words, remove: saving.remove } : undefined}
    >
      <TextInput
        {...form.text("name", { label: t("domain.name"), required: true })}
        autoFocus={!row}
      />
      <Select
        data={ZONES}
        searchable
        limit={80}
        {...form.choice("timeZone", {
          label: t("domain.timeZone"),
          help: t("domain.timeZoneHelp"),
        })}
      />
      <div className={classes.pair}>
        {length("internalLength")}
        {digits("countryPrefix", true)}
        {digits("externalPrefix")}
        {digits("internationalPrefix", true)}
        {digits("nationalPrefix")}
        {length("inverseLength")}
        {digits("incomingRemove")}
        {digits("incomingAdd")}
      </div>
    </SideForm>
  );
}

type Digits =
  | "countryPrefix"
  | "externalPrefix"
  | "internationalPrefix"
  | "nationalPrefix"
  | "incomingRemove"
  | "incomingAdd";

function pick(row: Domain): typeof GUIDE {
  const { id: _id, version: _version, company: _company, ...draft } = row;
  return draft;
}
