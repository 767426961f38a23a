import { NumberInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import type { Draft } from "./directory.ts";

/** What can be changed of every directory, TWS's own too. */
export function NameAndPriority({ form, fresh }: { form: Form<Draft>; fresh?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      <TextInput
        {...form.text("name", {
          label: t("admin.directories.name"),
          help: t("admin.directories.nameHelp"),
          required: true,
        })}
        autoFocus={fresh ?? false}
      />
      <NumberInput
        min={0}
        max={10_000}
        {...form.number("priority", {
          label: t("admin.directories.priority"),
          help: t("admin.directories.priorityHelp"),
        })}
      />
    </div>
  );
}

export function Merge({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  return (
    <Switch
      {...form.flag("merge", {
        label: t("admin.directories.merge"),
        help: t("admin.directories.mergeHelp"),
      })}
    />
  );
}
