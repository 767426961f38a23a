import { Switch, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { causeWords } from "../../shared/i18n/problem.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { StateWords } from "../../shared/ui/StateWords.tsx";
import { useAddress } from "../address/context.tsx";
import { useInDomain, useList } from "../data.ts";
import { ExportRows } from "../list/ExportRows.tsx";
import { type ListColumn, Table } from "../list/Table.tsx";
import { byNumber, deviceMark, devicesInOrder, type LiveDevice } from "../live/states.ts";
import { useStateWords } from "../live/words.ts";
import { useNames } from "../names.ts";
import { AdminPage, Empty } from "../page/AdminPage.tsx";
import classes from "./DeviceStates.module.css";

/** Where the holder of a device is changed. */
const PAGES = { user: "users", queue: "queues", intercomGroup: "intercomGroups" } as const;

/** Outils / État des postes, live, between two numbers. */
export function DeviceStates() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const current = useCurrent();
  const live = useValues<LiveDevice>("device");
  const links = useInDomain(useList("links").data);
  const names = useNames();
  const now = useStateWords();
  const { first = "", last = "", only = "" } = address.filters;
  const rows = useMemo(() => {
    const here = new Set(links.map((link) => link.id));
    return devicesInOrder(live).filter(
      (device) =>
        here.has(device.link) &&
        (first === "" || byNumber(device.number, first) >= 0) &&
        (last === "" || byNumber(device.number, last) <= 0) &&
        (only === "" || device.state !== "monitored"),
    );
  }, [live, links, first, last, only]);
  const filter = (name: string, value: string) =>
    go({ filters: { ...address.filters, [name]: value } });
  const title = t("admin.pages.deviceStates");
  const columns: ListColumn<LiveDevice>[] = [
    { label: t("admin.deviceStates.number"), value: (row) => row.number, figures: true },
    {
      label: t("admin.deviceStates.state"),
      value: (row) => <DeviceMark device={row} current={current} />,
      text: now.device,
    },
    { label: t("admin.deviceStates.holder"), value: (row) => names[row.holderKind](row.holder) },
    {
      label: t("admin.deviceStates.holderKind"),
      value: (row) => t(`admin.deviceStates.holderKinds.${row.holderKind}`),
      spare: true,
    },
    {
      label: t("admin.deviceStates.provider"),
      value: (row) => names.link(row.link),
      spare: true,
    },
    {
      label: t("admin.deviceStates.voiceMail"),
      value: (row) => row.voiceMail ?? "",
      figures: true,
      spare: true,
    },
    { label: t("admin.deviceStates.type"), value: (row) => row.type ?? "", spare: true },
    {
      label: t("admin.deviceStates.reason"),
      value: (row) => causeWords(t, row.reason) ?? row.reason ?? "",
      spare: true,
    },
  ];
  const tools = (
    <>
      <Switch
        size="sm"
        label={t("admin.deviceStates.only")}
        checked={only !== ""}
        onChange={(event) => filter("only", event.currentTarget.checked ? "1" : "")}
      />
      <TextInput
        size="xs"
        className={classes.number}
        aria-label={t("admin.deviceStates.first")}
        placeholder={t("admin.deviceStates.first")}
        inputMode="numeric"
        value={first}
        onChange={(event) => filter("first", event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        className={classes.number}
        aria-label={t("admin.deviceStates.last")}
        placeholder={t("admin.deviceStates.last")}
        inputMode="numeric"
        value={last}
        onChange={(event) => filter("last", event.currentTarget.value)}
      />
      <span>{t("admin.list.count", { count: rows.length })}</span>
      <ExportRows rows={rows} columns={columns} />
    </>
  );
  return (
    <AdminPage title={title} tools={tools}>
      {rows.length === 0 && <Empty>{t("admin.deviceStates.empty")}</Empty>}
      {rows.length > 0 && (
        <Table
          label={title}
          rows={rows}
          onSelect={(row) =>
            go({ page: PAGES[row.holderKind], edit: row.holder, filters: {} })
          }
          columns={columns}
        />
      )}
    </AdminPage>
  );
}

function DeviceMark({ device, current }: { device: LiveDevice; current: boolean }) {
  const { t } = useTranslation();
  const words = current ? t(`monitorState.${device.state}`) : t("unknown");
  return (
    <StateWords mark={current ? deviceMark(device.state) : "unknown"} words={words} />
  );
}
