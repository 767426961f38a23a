import { useTranslation } from "react-i18next";
import classes from "../form/SideForm.module.css";
import type { Form } from "../form/useForm.ts";
import type { Directory, Grant } from "../rows.ts";
import type { Draft } from "./directory.ts";
import { Merge } from "./NameAndPriority.tsx";
import { Reports } from "./Reports.tsx";
import { Synchronisation } from "./Synchronisation.tsx";
import { Timetable } from "./Timetable.tsx";

type Props = { form: Form<Draft>; row: Directory | null; grants: Grant[] };

/** When a directory is synchronised, how it goes now, and how it went. */
export function SynchronisationTab({ form, row, grants }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.fields}>
      {row ? (
        <Synchronisation row={row} grants={grants} />
      ) : (
        <p className={classes.quiet}>{t("admin.directories.saveFirst")}</p>
      )}
      <Timetable form={form} />
      <Merge form={form} />
      {row && <Reports row={row} />}
    </div>
  );
}
