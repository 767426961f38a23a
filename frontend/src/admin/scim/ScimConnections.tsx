import { useTranslation } from "react-i18next";
import { useInDomain, useList } from "../data.ts";
import { removing } from "../bulk/Bulk.tsx";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { ScimConnection } from "../rows.ts";
import { useMoment } from "./moment.ts";
import { ConnectionForm } from "./ConnectionForm.tsx";

/** Utilisateurs / Connexions SCIM: identity providers that keep users and groups. */
export function ScimConnections() {
  const { t } = useTranslation();
  const list = useList("scim-connections");
  const names = useNames();
  const moment = useMoment();
  const rows = useInDomain(list.data);
  const used = (row: ScimConnection) => {
    if (row.tokenMade === null) return t("admin.scim.noToken");
    return row.tokenUsed ? moment(row.tokenUsed) : t("admin.scim.never");
  };
  return (
    <ListPage
      title={t("admin.pages.scim")}
      rows={rows}
      columns={[
        { label: t("admin.scim.name"), value: (row) => row.name },
        { label: t("admin.scim.domain"), value: (row) => names.domain(row.domain) },
        { label: t("admin.scim.used"), value: used },
        { label: t("admin.scim.users"), value: (row) => row.users, figures: true },
        { label: t("admin.scim.groups"), value: (row) => row.groups, figures: true },
      ]}
      text={(row) => `${row.name} ${names.domain(row.domain)}`}
      empty={t("admin.scim.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("scim-connections"),
        removes: () => t("admin.scim.removes"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <ConnectionForm key={row?.id ?? "new"} row={row} />}
    />
  );
}
