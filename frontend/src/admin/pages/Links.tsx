import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { LinkMark } from "../live/LinkMark.tsx";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import { titleNamed } from "../settings/kinds.ts";
import { LinkForm } from "./LinkForm.tsx";

export function Links() {
  const { t } = useTranslation();
  const list = useList("links");
  const dialects = useList("dialects");
  const rows = useInDomain(list.data);
  const names = useNames();
  const now = useStateWords();
  const type = (name: string) => titleNamed(t, dialects.data, name);
  const address = (row: (typeof rows)[number]) =>
    [row.settings.host, row.settings.port].filter(Boolean).join(":");
  return (
    <ListPage
      title={t("admin.pages.links")}
      rows={rows}
      columns={[
        { label: t("admin.links.name"), value: (row) => row.name },
        {
          label: t("admin.links.state"),
          value: (row) => <LinkMark id={row.id} />,
          text: (row) => now.link(row.id),
        },
        { label: t("admin.setting.host"), value: address, figures: true, spare: true },
        { label: t("admin.links.dialect"), value: (row) => type(row.dialect), spare: true },
        {
          label: t("admin.links.capacity"),
          value: (row) => row.capacity,
          figures: true,
          spare: true,
        },
        { label: t("admin.links.domain"), value: (row) => names.domain(row.domain), spare: true },
      ]}
      text={(row) =>
        `${row.name} ${type(row.dialect)} ${address(row)} ${names.domain(row.domain)}`
      }
      empty={t("admin.links.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("links"),
        removes: () => t("admin.bulk.removes.links"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        dialects.isSuccess && (
          <LinkForm key={row?.id ?? "new"} row={row} dialects={dialects.data} />
        )
      }
    />
  );
}
