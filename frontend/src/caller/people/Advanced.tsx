import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import { type Criteria, listSearchedDirectories } from "../../shared/api/contacts.ts";
import classes from "./Advanced.module.css";

export const NO_CRITERIA: Criteria = {
  lastName: "",
  firstName: "",
  companyName: "",
  number: "",
  email: "",
  directory: "",
  label: "",
  text: "",
};
const TEXTS = ["lastName", "firstName", "companyName", "number", "email"] as const;

type Props = { criteria: Criteria; onChange: (criteria: Criteria) => void; onClose: () => void };

/** Search by single fields: what is typed is looked for at once. */
export function Advanced({ criteria, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const known = useQuery({
    queryKey: ["contacts", "directories"],
    queryFn: ({ signal }) => listSearchedDirectories(signal),
  });
  const directories = known.data ?? [];
  const labels = [
    ...new Set(
      directories
        .filter((one) => criteria.directory === "" || one.id === criteria.directory)
        .flatMap((one) => one.fields),
    ),
  ];
  const labelWords = (label: string) => {
    const own = directories.some((one) => one.builtIn !== null && one.fields.includes(label));
    return fieldLabel(t, label, own);
  };
  const nameOf = (one: (typeof directories)[number]) =>
    directoryName(t, one.name, one.builtIn !== null);
  const labelOf = (one: (typeof directories)[number]) =>
    directories.filter((other) => nameOf(other) === nameOf(one)).length > 1
      ? `${nameOf(one)} (${one.domain})`
      : nameOf(one);
  const set = (more: Partial<Criteria>) => onChange({ ...criteria, ...more });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <form
      className={classes.form}
      aria-label={t("caller.advanced.title")}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
    >
      {TEXTS.map((name, at) => (
        <TextInput
          key={name}
          size="xs"
          label={t(`caller.advanced.${name}`)}
          autoFocus={at === 0}
          autoComplete="off"
          value={criteria[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        size="xs"
        label={t("caller.advanced.directory")}
        data={[
          { value: "", label: t("caller.advanced.everywhere") },
          ...directories.map((one) => ({ value: one.id, label: labelOf(one) })),
        ]}
        value={criteria.directory}
        onChange={(event) => set({ directory: event.currentTarget.value, label: "", text: "" })}
      />
      {labels.length > 0 && (
        <>
          <NativeSelect
            size="xs"
            label={t("caller.advanced.field")}
            data={[
              { value: "", label: t("caller.advanced.noField") },
              ...labels.map((value) => ({ value, label: labelWords(value) })),
            ]}
            value={criteria.label}
            onChange={(event) => set({ label: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t("caller.advanced.text")}
            disabled={criteria.label === ""}
            autoComplete="off"
            value={criteria.text}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
        </>
      )}
      <div className={classes.buttons}>
        <Button size="compact-xs" variant="default" onClick={() => onChange(NO_CRITERIA)}>
          {t("caller.advanced.empty")}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t("caller.advanced.close")}
        </Button>
      </div>
    </form>
  );
}
