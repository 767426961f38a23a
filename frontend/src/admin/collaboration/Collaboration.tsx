import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import { titleNamed } from "../settings/kinds.ts";
import { CollaborationForm } from "./CollaborationForm.tsx";
import { SourceState } from "./SourceState.tsx";

/** Informatique / Collaboration: where people's calendars are read, and how that goes. */
export function Collaboration() {
  const { t } = useTranslation();
  const list = useList("collaboration-sources");
  const connectors = useList("calendar-connectors");
  const names = useNames();
  const now = useStateWords();
  const rows = useInDomain(list.data);
  const product = (row: (typeof rows)[number]) =>
    titleNamed(t, connectors.data, row.connector);
  return (
    <ListPage
      title={t("admin.pages.collaboration")}
      rows={rows}
      columns={[
        { label: t("admin.collaboration.name"), value: (row) => row.name },
        {
          label: t("admin.collaboration.state"),
          value: (row) => <SourceState id={row.id} />,
          text: (row) => now.collaboration(row.id),
        },
        { label: t("admin.collaboration.connector"), value: product, spare: true },
        {
          label: t("admin.collaboration.domain"),
          value: (row) => names.domain(row.domain),
          spare: true,
        },
      ]}
      text={(row) => `${row.name} ${product(row)} ${names.domain(row.domain)}`}
      empty={t("admin.collaboration.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("collaboration-sources"),
        removes: () => t("admin.bulk.removes.collaboration"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        connectors.data && (
          <CollaborationForm
            key={row?.id ?? "new"}
            row={row}
            connectors={connectors.data}
          />
        )
      }
    />
  );
}
