import { Button, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { removing } from "../bulk/Bulk.tsx";
import { named } from "../choices.ts";
import { useInDomain, useList } from "../data.ts";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { IntercomGroup, Queue } from "../rows.ts";

const LISTS = { queues: "queues", intercomGroups: "intercom-groups" } as const;

/** What has a name and is granted: all else about it is its authorisations. */
type Kind = keyof typeof LISTS;
type Row = Queue | IntercomGroup;

/** Téléphonie / Puits d'appels. */
export function Queues() {
  return <Named kind="queues" />;
}

/** Téléphonie / Groupes intercom. */
export function IntercomGroups() {
  return <Named kind="intercomGroups" />;
}

function Named({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const list = useList(LISTS[kind]);
  const rows = useInDomain<Row>(list.data);
  const names = useNames();
  return (
    <ListPage
      title={t(`admin.pages.${kind}`)}
      rows={rows}
      columns={[
        { label: t(`admin.${kind}.name`), value: (row) => row.name },
        { label: t(`admin.${kind}.domain`), value: (row) => names.domain(row.domain) },
      ]}
      text={(row) => `${row.name} ${names.domain(row.domain)}`}
      empty={t(`admin.${kind}.empty`)}
      bulk={{
        name: (row) => row.name,
        remove: removing(LISTS[kind]),
        removes: () => t(`admin.bulk.removes.${kind}`),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <NamedForm key={row?.id ?? "new"} kind={kind} row={row} />}
    />
  );
}

function NamedForm({ kind, row }: { kind: Kind; row: Row | null }) {
  const { t } = useTranslation();
  const { address } = useAddress();
  const saving = useSaving(LISTS[kind], row);
  const domains = useList("domains").data ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t(`admin.${kind}.one`) });
  const form = useForm(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? address.domain ?? domains[0]?.id ?? "",
  });
  const { name } = form.draft;
  return (
    <SideForm
      title={title}
      form={form}
      save={(over) => saving.save(form.draft, { name }, over)}
      reload={saving.refresh}
      removal={row ? { words: t(`admin.${kind}.removes`), remove: saving.remove } : undefined}
    >
      <TextInput
        {...form.text("name", {
          label: t(`admin.${kind}.name`),
          help: t(`admin.${kind}.nameHelp`),
          required: true,
        })}
        autoFocus={!row}
      />
      <Select
        {...form.choice("domain", {
          label: t(`admin.${kind}.domain`),
          help: t(`admin.${kind}.domainHelp`),
          required: true,
        })}
        disabled={row !== null}
        data={named(domains)}
      />
      {row && <Granted kind={kind} row={row} />}
    </SideForm>
  );
}

/** To the page where people are authorised on it. */
function Granted({ kind, row }: { kind: Kind; row: Row }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const to = { kind: kind === "queues" ? "queue" : "intercomGroup", object: row.id };
  return (
    <Button
      variant="default"
      onClick={() => go({ page: "authorisations", edit: null, filters: to })}
    >
      {t("admin.authorisations.on", { name: row.name })}
    </Button>
  );
}
