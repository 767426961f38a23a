import { Checkbox, NativeSelect, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { holds } from "../../shared/i18n/plain.ts";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import type { ListColumn } from "../list/Table.tsx";
import { ListPage } from "../list/ListPage.tsx";
import type { Parameter } from "../rows.ts";
import { ParameterForm } from "./ParameterForm.tsx";
import own from "./Parameters.module.css";
import { effectiveIn, settingsOf } from "./values.ts";
import { applicationWords, helpOf, valueWords } from "./words.ts";

type Row = Parameter & { id: string };

/** Applications / Paramètres applicatifs: what there is, and what counts where. */
export function Parameters() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const { domain, edit, filters } = address;
  const list = useList("parameters");
  const values = useList("parameter-values");
  const stored = values.data ?? [];
  const all: Row[] = (list.data ?? []).map((each) => ({ ...each, id: each.name }));
  const expert = filters.expert !== undefined;
  const application = filters.application ?? "";
  const text = (row: Row) =>
    [row.name, ...row.aliases, applicationWords(t, row.application), helpOf(row)].join(" ");
  const chosen = all.filter((row) => application === "" || row.application === application);
  // What a link leads to is shown whatever the list is narrowed to.
  const rows = all.filter(
    (row) => row.id === edit || (chosen.includes(row) && (expert || !row.expert)),
  );
  const hidden = chosen.filter(
    (row) => !rows.includes(row) && holds(text(row), filters.q ?? ""),
  ).length;
  const value = (row: Row) => {
    const { value: counts, from } = effectiveIn(row, stored, domain);
    return (
      <span className={own.text}>
        {valueWords(t, row, counts)}{" "}
        <span className={own.quiet}>{t(`admin.parameters.from.${from}`)}</span>
      </span>
    );
  };
  /** Whether somebody is nearer than the value shown. */
  const exceptions = (row: Row) => {
    const counts = settingsOf(row.name, stored).filter(
      (each) => each.level !== "default" && !(each.level === "domain" && each.who === domain),
    ).length;
    return counts > 0 ? t("admin.parameters.exceptions", { count: counts }) : "";
  };
  const what = (row: Row) => (
    <>
      {helpOf(row)}{" "}
      {!row.served && <span className={own.quiet}>{t("admin.parameters.notServed")}</span>}
    </>
  );
  const columns: ListColumn<Row>[] = [
    {
      label: t("admin.parameters.name"),
      value: (row) => <span className={own.name}>{row.name}</span>,
      text: (row) => row.name,
    },
    {
      label: t("admin.parameters.value"),
      value,
      text: (row) => valueWords(t, row, effectiveIn(row, stored, domain).value),
    },
    { label: t("admin.parameters.others"), value: exceptions },
    { label: t("admin.parameters.what"), value: what, text: helpOf, spare: true },
    {
      label: t("admin.parameters.application"),
      value: (row) => applicationWords(t, row.application),
      spare: true,
    },
  ];
  /** Keeps the other filters; without a value there is none. */
  const narrow = (name: string, to: string | undefined) => {
    const { [name]: _, ...others } = filters;
    go({ filters: to ? { ...others, [name]: to } : others });
  };
  return (
    <ListPage
      title={t("admin.pages.parameters")}
      rows={rows}
      columns={columns}
      text={text}
      empty={t("admin.list.none")}
      loaded={list.isSuccess}
      error={list.error ?? values.error}
      canAdd={false}
      tools={
        <>
          <NativeSelect
            size="xs"
            aria-label={t("admin.parameters.application")}
            value={application}
            data={[
              { value: "", label: t("admin.parameters.allApplications") },
              ...[...new Set(all.map((row) => row.application))].map((each) => ({
                value: each,
                label: applicationWords(t, each),
              })),
            ]}
            onChange={(event) => narrow("application", event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label={t("admin.parameters.expert")}
            checked={expert}
            onChange={(event) => narrow("expert", event.currentTarget.checked ? "1" : undefined)}
          />
        </>
      }
      note={
        hidden > 0 && (
          <p className={own.note}>
            <UnstyledButton className={own.more} onClick={() => narrow("expert", "1")}>
              {t("admin.parameters.inExpert", { count: hidden })}
            </UnstyledButton>
          </p>
        )
      }
      form={(row) =>
        row &&
        values.data && (
          <ParameterForm
            key={row.name}
            parameter={row}
            values={stored.filter((each) => each.parameter === row.name)}
          />
        )
      }
    />
  );
}
