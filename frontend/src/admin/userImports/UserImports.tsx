import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { intervalOf } from "../directories/directory.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import type { UserImport } from "../rows.ts";
import { titleNamed } from "../settings/kinds.ts";
import { ImportForm } from "./ImportForm.tsx";
import { ImportState } from "./ImportState.tsx";

/** Utilisateurs / Import(s) Utilisateurs: from where users come, and how the last run went. */
export function UserImports() {
  const { t } = useTranslation();
  const list = useList("user-imports");
  const connectors = useList("connectors");
  const names = useNames();
  const now = useStateWords();
  const rows = useInDomain(list.data);
  const timetable = (row: UserImport) => {
    const { every, unit } = intervalOf(row.minutes);
    if (row.schedule === "manual") return t("admin.userImports.manualOnly");
    return row.schedule === "daily"
      ? t("admin.directories.dailyAt", { hour: row.hour })
      : t(`admin.directories.everySo.${unit}`, { count: every });
  };
  const product = (row: UserImport) => titleNamed(t, connectors.data, row.connector);
  return (
    <ListPage
      title={t("admin.pages.userImports")}
      rows={rows}
      columns={[
        { label: t("admin.userImports.description"), value: (row) => row.name },
        { label: t("admin.directories.domain"), value: (row) => names.domain(row.domain) },
        {
          label: t("admin.userImports.last"),
          value: (row) => <ImportState id={row.id} />,
          text: (row) => now.userImport(row.id),
        },
        { label: t("admin.userImports.type"), value: product, spare: true },
        {
          label: t("admin.userImports.mode"),
          value: (row) => t(`admin.userImports.modes.${row.mode}`),
          spare: true,
        },
        {
          label: t("admin.userImports.schedule"),
          value: (row) => timetable(row),
          spare: true,
        },
      ]}
      text={(row) => `${row.name} ${product(row)} ${names.domain(row.domain)}`}
      empty={t("admin.userImports.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("user-imports"),
        removes: () => t("admin.bulk.removes.userImports"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        connectors.data && (
          <ImportForm key={row?.id ?? "new"} row={row} connectors={connectors.data} />
        )
      }
    />
  );
}
