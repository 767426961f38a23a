import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { User } from "../rows.ts";
import { UserChanges } from "./UserChanges.tsx";
import { UserForm } from "./UserForm.tsx";

export function Users() {
  const { t } = useTranslation();
  const list = useList("users");
  const devices = useList("devices");
  const rows = useInDomain(list.data);
  const names = useNames();
  const numbers = (row: User) =>
    (devices.data ?? [])
      .filter((device) => device.user === row.id)
      .map((device) => device.number)
      .join(", ");
  return (
    <ListPage
      title={t("admin.pages.users")}
      rows={rows}
      columns={[
        { label: t("admin.users.username"), value: (row) => row.username },
        { label: t("admin.users.numbers"), value: numbers, figures: true },
        { label: t("admin.users.firstName"), value: (row) => row.firstName },
        { label: t("admin.users.lastName"), value: (row) => row.lastName },
        { label: t("admin.users.domain"), value: (row) => names.domain(row.domain), spare: true },
        {
          label: t("admin.users.enabled"),
          value: (row) => t(row.enabled ? "yes" : "no"),
          spare: true,
        },
      ]}
      text={(row) => `${row.username} ${row.displayName} ${numbers(row)} ${row.email}`}
      empty={t("admin.users.empty")}
      bulk={{
        name: (row) => row.displayName,
        remove: removing("users"),
        removes: (rows) =>
          t("admin.bulk.removes.users", {
            count: (devices.data ?? []).filter((each) => rows.some((row) => row.id === each.user))
              .length,
          }),
        change: (rows, onClose) => <UserChanges rows={rows} onClose={onClose} />,
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) =>
        devices.isSuccess && (
          <UserForm
            key={row?.id ?? "new"}
            row={row}
            devices={devices.data.filter((device) => device.user === row?.id)}
          />
        )
      }
    />
  );
}
