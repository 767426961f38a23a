import { NativeSelect, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import classes from "../bulk/Bulk.module.css";
import { BulkRun } from "../bulk/BulkRun.tsx";
import type { Act, Outcome } from "../bulk/running.ts";
import { remove, update, useCompany, useList } from "../data.ts";
import { valuesNow } from "../parameters/store.ts";
import { ValueInput } from "../parameters/ValueInput.tsx";
import { blank, type Value } from "../parameters/values.ts";
import type { Group, Parameter, User } from "../rows.ts";

const FIELDS = ["enabled", "domain", "culture", "group", "leave", "parameter", "withdraw"] as const;
type Field = (typeof FIELDS)[number];
/** Of a group in one request, for each is a line of the audit log with all of its members. */
const MEMBERS = 10_000;

type Props = { rows: User[]; onClose: (outcome: Outcome<User> | null) => void };

/** One change for several users. */
export function UserChanges({ rows, onClose }: Props) {
  const { t } = useTranslation();
  const company = useCompany() ?? "";
  const groups = useList("groups").data ?? [];
  const parameters = useList("parameters").data ?? [];
  const [field, setField] = useState<Field>("enabled");
  const [choice, setChoice] = useState<string>("no");
  const [value, setValue] = useState<Value>("");
  const parameter = parameters.find((each) => each.name === choice);
  const turn = (to: Field) => {
    setField(to);
    setChoice(to === "enabled" ? "no" : to === "culture" ? "Auto" : "");
  };
  const choose = (to: string) => {
    setChoice(to);
    const chosen = parameters.find((each) => each.name === to);
    if (chosen) setValue(blank(chosen));
  };
  const act = (): Act<User> | null => {
    if (choice === "") return null;
    switch (field) {
      case "enabled":
        return each((row) => update("users", row, { enabled: choice === "yes" }));
      case "domain":
      case "culture":
        return each((row) => update("users", row, { [field]: choice }));
      case "group":
      case "leave": {
        const group = groups.find((one) => one.id === choice);
        return group ? membership(group, field === "group") : null;
      }
      case "parameter":
        return parameter ? setting(company, parameter, value) : null;
      case "withdraw":
        return parameter ? setting(company, parameter, null) : null;
    }
  };
  const help = field === "domain" || field === "withdraw" ? t(`admin.bulk.${field}Help`) : undefined;
  return (
    <BulkRun
      title={t("admin.bulk.changeTitle", { count: rows.length })}
      submit={t("admin.bulk.apply")}
      rows={rows}
      name={(row) => row.displayName}
      act={act()}
      onClose={onClose}
    >
      <div className={classes.fields}>
        <NativeSelect
          label={t("admin.bulk.what")}
          value={field}
          data={FIELDS.map((each) => ({ value: each, label: t(`admin.bulk.changes.${each}`) }))}
          onChange={(event) => turn(event.currentTarget.value as Field)}
        />
        <Choice field={field} value={choice} help={help} onChange={choose} />
        {field === "parameter" && parameter && (
          <ValueInput
            key={parameter.name}
            parameter={parameter}
            label={t("admin.bulk.into")}
            value={value}
            error={undefined}
            onChange={setValue}
          />
        )}
      </div>
    </BulkRun>
  );
}

type ChoiceProps = {
  field: Field;
  value: string;
  help: string | undefined;
  onChange: (to: string) => void;
};

function Choice({ field, value, help, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const domains = useList("domains").data ?? [];
  const groups = useList("groups").data ?? [];
  const parameters = useList("parameters").data ?? [];
  const named = (rows: { id: string; name: string }[]) =>
    rows.map((row) => ({ value: row.id, label: row.name }));
  const data = () => {
    switch (field) {
      case "enabled":
        return [
          { value: "yes", label: t("yes") },
          { value: "no", label: t("no") },
        ];
      case "culture":
        return [
          { value: "Auto", label: t("admin.users.cultureAuto") },
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ];
      case "domain":
        return named(domains);
      case "group":
      case "leave":
        return named(groups);
      default:
        return parameters.filter((each) => each.levels.includes("user")).map((each) => each.name);
    }
  };
  const label = {
    enabled: t("admin.users.enabled"),
    culture: t("admin.users.culture"),
    domain: t("admin.users.domain"),
    group: t("admin.groups.one"),
    leave: t("admin.groups.one"),
    parameter: t("admin.parameters.name"),
    withdraw: t("admin.parameters.name"),
  }[field];
  return (
    <Select
      key={field}
      label={label}
      description={help}
      searchable
      limit={80}
      allowDeselect={false}
      nothingFoundMessage={t("none")}
      data={data()}
      value={value === "" ? null : value}
      onChange={(to) => onChange(to ?? "")}
    />
  );
}

function each(change: (row: User) => Promise<unknown>): Act<User> {
  return { run: async (rows) => void (await Promise.all(rows.map(change))) };
}

/** All at once: exactly those who are in it now, and these, or without these. */
function membership({ id }: Group, joins: boolean): Act<User> {
  const run = async (rows: User[]) => {
    const group = await request<Group>("GET", `/admin/groups/${id}`);
    const members = new Set(group.members);
    for (const row of rows) {
      if (joins) members.add(row.id);
      else members.delete(row.id);
    }
    await request("PUT", `/admin/groups/${id}/members`, {
      body: { version: group.version, members: [...members] },
    });
  };
  return { size: MEMBERS, run };
}

/** null = what is set for the user is withdrawn. */
function setting(company: string, { name }: Parameter, value: Value | null): Act<User> {
  let stored: ReturnType<typeof valuesNow> | null = null;
  return each(async ({ id }) => {
    stored ??= valuesNow(company, name);
    const known = (await stored).find((one) => one.user === id);
    if (value === null) {
      if (known) await remove("parameter-values", known);
      return;
    }
    const body = { parameter: name, value, user: id, version: known?.version ?? null };
    await request("PUT", "/admin/parameter-values", { body });
  });
}
