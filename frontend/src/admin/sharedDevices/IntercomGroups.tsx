import { NumberInput, TagsInput } from "@mantine/core";
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
import type { IntercomGroup } from "../rows.ts";
import { DeviceFields } from "./DeviceFields.tsx";
import { draftOf, INTERCOM_MEDIA, kindOf, numbersOf, toSend } from "./device.ts";
import { Granted } from "./Granted.tsx";

/** Téléphonie / Groupes intercom. */
export function IntercomGroups() {
  const { t } = useTranslation();
  const list = useList("intercom-groups");
  const rows = useInDomain(list.data);
  const names = useNames();
  return (
    <ListPage
      title={t("admin.pages.intercomGroups")}
      rows={rows}
      columns={[
        { label: t("admin.intercomGroups.name"), value: (row) => row.name },
        { label: t("admin.sharedDevices.number"), value: numbersOf, figures: true },
        { label: t("admin.sharedDevices.link"), value: (row) => names.link(row.link) },
        {
          label: t("admin.intercomGroups.supervised"),
          value: (row) => row.supervised.join(", "),
          figures: true,
          spare: true,
        },
        {
          label: t("admin.sharedDevices.kind"),
          value: (row) => t(`admin.sharedDevices.${kindOf(row)}`),
          spare: true,
        },
        { label: t("admin.intercomGroups.domain"), value: (row) => names.domain(row.domain) },
      ]}
      text={(row) => `${row.name} ${numbersOf(row)} ${row.supervised.join(" ")} ${names.domain(row.domain)}`}
      empty={t("admin.intercomGroups.empty")}
      bulk={{
        name: (row) => row.name,
        remove: removing("intercom-groups"),
        removes: () => t("admin.bulk.removes.intercomGroups"),
      }}
      loaded={list.isSuccess}
      error={list.error}
      form={(row) => <IntercomGroupForm key={row?.id ?? "new"} row={row} />}
    />
  );
}

function IntercomGroupForm({ row }: { row: IntercomGroup | null }) {
  const { t } = useTranslation();
  const home = useHome();
  const saving = useSaving("intercom-groups", row);
  const title = row?.name ?? t("admin.form.create", { what: t("admin.intercomGroups.one") });
  const form = useForm(title, {
    name: row?.name ?? "",
    domain: row?.domain ?? home,
    ...draftOf(row),
    count: row?.count ?? 1,
    supervised: row?.supervised ?? [],
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
      removal={row ? { words: t("admin.intercomGroups.removes"), remove: saving.remove } : undefined}
    >
      <NameAndDomain form={form} of="intercomGroups" isNew={!row} />
      <DeviceFields
        form={form}
        domain={domain}
        media={INTERCOM_MEDIA}
        passwordSet={row?.passwordSet ?? false}
        numberHelp={t("admin.intercomGroups.numberHelp")}
        beside={
          <NumberInput
            min={1}
            max={500}
            {...form.number("count", {
              label: t("admin.intercomGroups.count"),
              help: t("admin.intercomGroups.countHelp"),
            })}
          />
        }
      />
      <TagsInput
        {...form.about("supervised", {
          label: t("admin.intercomGroups.supervised"),
          help: t("admin.intercomGroups.supervisedHelp"),
        })}
        inputWrapperOrder={["label", "input", "description", "error"]}
        splitChars={[",", ";", " "]}
        value={form.draft.supervised}
        onChange={(supervised) => form.set({ supervised })}
      />
      {row && <Granted kind="intercomGroup" row={row} />}
    </SideForm>
  );
}
