import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import { titleNamed } from "../settings/kinds.ts";
import { ProviderState } from "./ProviderState.tsx";
import { SmsProviderForm } from "./SmsProviderForm.tsx";

/** Téléphonie / Fournisseur SMS: by whom text messages are sent, and how that goes. */
export function SmsProviders() {
  const { t } = useTranslation();
  const list = useList("sms-providers");
  const connectors = useList("sms-connectors");
  const names = useNames();
  const now = useStateWords();
  const rows = useInDomain(list.data);
  const kind = (row: (typeof rows)[number]) => titleNamed(t, connectors.data, row.connector);
  return (
    <ListPage
      title={t("admin.pages.smsProviders")}
      rows={rows}
      columns={[
        { label: t("admin.sms.name"), value: (row) => row.name },
        {
          label: t("admin.sms.state"),
          value: (row) => <ProviderState id={row.id} />,
          text: (row) => now.smsProvider(row.id),
        },
        { label: t("admin.sms.sender"), value: (row) => row.sender, spare: true },
        { label: t("admin.sms.connector"), value: kind, spare: true },
        {
          label: t("admin.sms.domain"),
          value: (row) => names.domain(row.domain),
          spare: true,
        },
      ]}
      text={(row) => `${row.name} ${row.sender} ${kind(row)} ${names.domain(row.domain)}`}
      empty={t("admin.sms.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("sms-providers"),
        removes: () => t("admin.bulk.removes.smsProviders"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        connectors.data && (
          <SmsProviderForm key={row?.id ?? "new"} row={row} connectors={connectors.data} />
        )
      }
    />
  );
}
