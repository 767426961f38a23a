import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { useList } from "../data.ts";
import { ListPage } from "../list/ListPage.tsx";
import type { Parameter } from "../rows.ts";
import { ParameterForm } from "./ParameterForm.tsx";
import own from "./Parameters.module.css";
import { effectiveIn, settingsOf } from "./values.ts";
import { helpOf, valueWords } from "./words.ts";

/** Applications / Paramètres applicatifs: what there is, and what counts where. */
export function Parameters() {
  const { t } = useTranslation();
  const { domain } = useAddress().address;
  const list = useList("parameters");
  const values = useList("parameter-values");
  const stored = values.data ?? [];
  const rows = (list.data ?? []).map((each) => ({ ...each, id: each.name }));
  const value = (row: Parameter) => {
    const { value: counts, from } = effectiveIn(row, stored, domain);
    return (
      <span className={own.text}>
        {valueWords(t, row, counts)}{" "}
        <span className={own.quiet}>{t(`admin.parameters.from.${from}`)}</span>
      </span>
    );
  };
  /** Whether somebody is nearer than the value shown. */
  const exceptions = (row: Parameter) => {
    const counts = settingsOf(row.name, stored).filter(
      (each) => each.level !== "default" && !(each.level === "domain" && each.who === domain),
    ).length;
    return counts > 0 ? t("admin.parameters.exceptions", { count: counts }) : "";
  };
  return (
    <ListPage
      title={t("admin.pages.parameters")}
      rows={rows}
      columns={[
        { label: t("admin.parameters.name"), value: (row) => row.name },
        { label: t("admin.parameters.value"), value },
        { label: t("admin.parameters.others"), value: exceptions },
        {
          label: t("admin.parameters.what"),
          value: (row) => helpOf(row),
          spare: true,
        },
        {
          label: t("admin.parameters.application"),
          value: (row) => row.application,
          spare: true,
        },
      ]}
      text={(row) => [row.name, ...row.aliases, row.application, helpOf(row)].join(" ")}
      empty={t("admin.list.none")}
      loaded={list.isSuccess}
      error={list.error ?? values.error}
      canAdd={false}
      form={(row) =>
        row &&
        values.data && <ParameterForm key={row.name} parameter={row} values={stored.filter((each) => each.parameter === row.name)} />
      }
    />
  );
}
