import { useTranslation } from "react-i18next";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { NameAndDomain } from "../form/NameAndDomain.tsx";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useHome } from "../form/useHome.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { Queue } from "../rows.ts";
import { DeviceFields } from "./DeviceFields.tsx";
import { draftOf, kindOf, QUEUE_MEDIA, toSend } from "./device.ts";
import { Granted } from "./Granted.tsx";

/** Téléphonie / Puits d'appels. */
export function Queues() {
  const { t } = useTranslation();
  const list = useList("queues");
  const rows = useInDomain(list.data);
  const names = useNames();
  return (
    <ListPage
      title={t("admin.pages.queues")}
      rows={rows}
      columns={[
        { label: t("admin.queues.name"), value: (row) => row.name },
        { label: t("admin.sharedDevices.number"), value: (row) => row.number, figures: true },
        { label: t("admin.sharedDevices.link"), value: (row) => names.link(row.link) },
        {
          label: t("admin.sharedDevices.kind"),
          value: (row) => t(`admin.sharedDevices.${kindOf(row)}`),
          spare: true,
        },
        { label: t("admin.queues.domain"), value: (row) => names.domain(row.domain) },
      ]}
      text={(row) => `${row.name} ${row.number} ${names.domain(row.domain)}`}
      empty={t("admin.queues.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("queues"),
        removes: () => t("admin.bulk.removes.queues"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <QueueForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

function QueueForm({ row }: { row: Queue | null }) {
  const { t } = useTranslation();
  const home = useHome();
  const saving = useSaving("queues", row);
  const title = row?.name ?? t("admin.form.create", { what: t("admin.queues.one") });
  const form = useForm(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? home,
    ...draftOf(row),
  });
  const { domain, ...changes } = form.draft;
  const save = async (over?: number) => {
    await saving.save({ domain, ...toSend(changes) }, toSend(changes), over);
    form.set({ password: "" });
  };
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      removal={row ? { words: t("admin.queues.removes"), remove: saving.remove } : undefined}
    >
      <NameAndDomain form={form} of="queues" isNew={!row} />
      <DeviceFields
        form={form}
        domain={domain}
        media={QUEUE_MEDIA}
        passwordSet={row?.passwordSet ?? false}
        numberHelp={t("admin.queues.numberHelp")}
      />
      {row && <Granted kind="queue" row={row} />}
    </SideForm>
  );
}
