import { useTranslation } from "react-i18next";
import { useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { Grant } from "./Grant.tsx";
import { Granted } from "./Granted.tsx";
import { type Right, useRightNames } from "./rights.ts";

/** Utilisateurs / Autorisations: who may use which application, see which calendars, and look into
 * which directory. */
export function Authorisations() {
  const { t } = useTranslation();
  const applications = useList("authorisations");
  const calendars = useList("calendar-grants");
  const directories = useList("directory-grants");
  const { who, what, kind } = useRightNames();
  return (
    <ListPage<Right>
      title={t("admin.pages.authorisations")}
      rows={[
        ...(applications.data ?? []),
        ...(calendars.data ?? []),
        ...(directories.data ?? []),
      ]}
      columns={[
        { label: t("admin.authorisations.who"), value: who },
        { label: t("admin.authorisations.kind"), value: kind },
        { label: t("admin.authorisations.application"), value: what },
      ]}
      text={(row) => `${what(row)} ${who(row)} ${kind(row)}`}
      empty={t("admin.authorisations.empty")}
      loaded={applications.isSuccess && calendars.isSuccess && directories.isSuccess}
      error={applications.error ?? calendars.error ?? directories.error}
      form={(row) =>
        row ? (
          <Granted key={row.id} row={row} name={`${what(row)}, ${who(row)}`} />
        ) : (
          <Grant key="new" />
        )
      }
    />
  );
}
