import { useTranslation } from "react-i18next";
import { directoryName } from "../../shared/i18n/ownDirectories.ts";
import { removing } from "../bulk/Bulk.tsx";
import { useFound, useInDomain, useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import type { Directory } from "../rows.ts";
import { titleNamed } from "../settings/kinds.ts";
import { DirectoryForm } from "./DirectoryForm.tsx";
import { Synchronisation } from "./Synchronisation.tsx";
import { Synchronised } from "./Synchronised.tsx";

/** Informatique / Annuaires: where contacts come from, and how their last synchronisation went. */
export function Directories() {
  const { t } = useTranslation();
  const list = useList("directories");
  const connectors = useList("connectors");
  const grants = useFound("grants", { kind: "directory" });
  const names = useNames();
  const now = useStateWords();
  const nameOf = (row: Directory) => directoryName(t, row.name, row.builtIn !== null);
  const rows = [...useInDomain(list.data)].sort(
    (a, b) => a.priority - b.priority || nameOf(a).localeCompare(nameOf(b)),
  );
  const product = (row: (typeof rows)[number]) =>
    row.builtIn
      ? t("admin.directories.own")
      : titleNamed(t, connectors.data, row.connector);
  return (
    <ListPage
      title={t("admin.pages.directories")}
      rows={rows}
      columns={[
        { label: t("admin.directories.name"), value: nameOf },
        // Each domain has directories of the same names.
        { label: t("admin.directories.domain"), value: (row) => names.domain(row.domain) },
        {
          label: t("admin.directories.synchronisation"),
          value: (row) => row.builtIn || !grants.data ? (
              ""
            ) : (
              <Synchronisation row={row} grants={grants.data} />
            ),
          text: (row) => (row.builtIn ? "" : now.directory(row.id)),
        },
        {
          label: t("admin.directories.synchronised"),
          value: (row) => (row.builtIn ? "" : <Synchronised row={row} />),
          text: (row) => (row.builtIn ? "" : now.synchronised(row.id, row.synchronised)),
          spare: true,
        },
        {
          label: t("admin.directories.priority"),
          value: (row) => row.priority,
          figures: true,
          spare: true,
        },
        {
          label: t("admin.directories.kind"),
          value: (row) => t(`admin.directories.kinds.${row.kind}`),
          spare: true,
        },
        { label: t("admin.directories.connector"), value: product, spare: true },
      ]}
      text={(row) => `${nameOf(row)} ${product(row)} ${names.domain(row.domain)}`}
      empty={t("admin.directories.empty")}
      bulk={{
        name: nameOf,
        remove: removing("directories"),
        removes: () => t("admin.bulk.removes.directories"),
        fixed: (row) => row.builtIn !== null,
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        connectors.data &&
        grants.data && (
          <DirectoryForm
            key={row?.id ?? "new"}
            row={row}
            connectors={connectors.data}
            grants={grants.data.filter((grant) => grant.object === row?.id)}
          />
        )
      }
    />
  );
}
