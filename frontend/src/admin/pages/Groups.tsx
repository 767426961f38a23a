import { MultiSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { removing } from "../bulk/Bulk.tsx";
import { useInDomain, useList } from "../data.ts";
import { NameAndDomain } from "../form/NameAndDomain.tsx";
import { SideForm } from "../form/SideForm.tsx";
import { useForm } from "../form/useForm.ts";
import { useHome } from "../form/useHome.ts";
import { useSaving } from "../form/useSaving.ts";
import { ListPage } from "../list/ListPage.tsx";
import { useNames } from "../names.ts";
import type { Group } from "../rows.ts";

/** Of groups that nobody has put in order. */
const LAST_RANK = 10_000;

export function Groups() {
  const { t } = useTranslation();
  const list = useList("groups");
  const rows = useInDomain(list.data);
  const names = useNames();
  return (
    <ListPage
      title={t("admin.pages.groups")}
      rows={rows}
      columns={[
        { label: t("admin.groups.name"), value: (row) => row.name },
        { label: t("admin.groups.members"), value: (row) => row.members.length, figures: true },
        { label: t("admin.groups.domain"), value: (row) => names.domain(row.domain) },
        {
          label: t("admin.groups.rank"),
          value: (row) => (row.rank === LAST_RANK ? "" : row.rank),
          figures: true,
          spare: true,
        },
      ]}
      text={(row) => `${row.name} ${row.members.map(names.user).join(" ")}`}
      empty={t("admin.groups.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("groups"),
        removes: (rows) =>
          t("admin.bulk.removes.groups", {
            count: rows.reduce((sum, row) => sum + row.members.length, 0),
          }),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <GroupForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

function GroupForm({ row }: { row: Group | null }) {
  const { t } = useTranslation();
  const home = useHome();
  const saving = useSaving("groups", row);
  const users = useList("users").data ?? [];
  const title = row?.name ?? t("admin.form.create", { what: t("admin.groups.one") });
  const form = useForm(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? home,
    rank: row?.rank ?? LAST_RANK,
    members: row?.members ?? [],
  });
  const { name, domain, rank, members } = form.draft;
  const save = (over?: number) =>
    saving.save({ name, domain, rank }, { name, rank }, over, async (saved) => {
      const before = new Set(saved.members);
      if (before.size === members.length && members.every((user) => before.has(user))) return;
      await request("PUT", `/admin/groups/${saved.id}/members`, {
        body: { version: saved.version, members },
      });
    });
  const words = t("admin.groups.removes", { count: row?.members.length ?? 0 });
  return (
    <SideForm
      title={title}
      form={form}
      save={save}
      reload={saving.refresh}
      removal={row ? { words, remove: saving.remove } : undefined}
    >
      <NameAndDomain form={form} of="groups" isNew={!row} />
      <NumberInput
        min={0}
        max={LAST_RANK}
        {...form.number("rank", {
          label: t("admin.groups.rank"),
          help: t("admin.groups.rankHelp"),
        })}
        value={rank === LAST_RANK ? "" : rank}
        onChange={(value) => form.set({ rank: value === "" ? LAST_RANK : Number(value) })}
      />
      <MultiSelect
        label={t("admin.groups.members")}
        description={t("admin.groups.membersHelp")}
        data={users.map((user) => ({ value: user.id, label: user.displayName }))}
        searchable
        value={members}
        onChange={(value) => form.set({ members: value })}
      />
    </SideForm>
  );
}
