import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { whyWords } from "../../shared/i18n/problem.ts";
import css from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import { type Draft, FIELDS, OF_DIRECTORY } from "./userImport.ts";

/** Which field of the source each field of a user is read from. */
export function Fields({ form }: { form: Form<Draft> }) {
  const { t } = useTranslation();
  const { fields } = form.draft;
  const error = (field: string) => {
    const where = `${OF_DIRECTORY.includes(field) ? "mapping" : "fields"}.${field}`;
    return form.problem?.field === where ? whyWords(t, form.problem) : undefined;
  };
  return (
    <fieldset className={classes.part}>
      <legend className={classes.legend}>{t("admin.userImports.fieldsTitle")}</legend>
      <p className={classes.quiet}>{t("admin.userImports.fieldsHelp")}</p>
      <div className={classes.pair}>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            size="xs"
            label={t(`admin.userImports.fields.${field}`)}
            className={css.source}
            autoComplete="off"
            spellCheck={false}
            value={fields[field] ?? ""}
            error={error(field)}
            onChange={(event) =>
              form.set({ fields: { ...fields, [field]: event.currentTarget.value } })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
