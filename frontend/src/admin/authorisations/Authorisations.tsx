import { NativeSelect, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useFound, useList } from "../data.ts";
import list from "../list/ListPage.module.css";
import { PageHead } from "../page/PageHead.tsx";
import type { GrantType } from "../rows.ts";
import classes from "./Authorisations.module.css";
import { Candidates } from "./Candidates.tsx";
import { Granted } from "./Granted.tsx";
import { useEntries, useLabel } from "./named.ts";
import { queryOf, sidesOf } from "./screen.ts";

/** Utilisateurs / Autorisations: all eight types, in the steps of the guide (7.4). */
export function Authorisations() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const types = useList("grant-kinds");
  const type = types.data?.find((each) => each.kind === address.filters.kind) ?? types.data?.[0];
  return (
    <div className={classes.page}>
      <PageHead title={t("admin.pages.authorisations")}>
        <button
          type="button"
          className={classes.link}
          onClick={() => go({ page: "rights", edit: null, filters: {} })}
        >
          {t("admin.rights.ofUser")}
        </button>
      </PageHead>
      {types.error && <ProblemLine problem={problemOf(types.error)} />}
      {types.data && type && <Screen key={type.kind} types={types.data} type={type} />}
    </div>
  );
}

function Screen({ types, type }: { types: GrantType[]; type: GrantType }) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const entries = useEntries();
  const sides = sidesOf(type);
  const all = sides.first.flatMap((kind) => entries[kind]);
  const first =
    all.find((each) => each.id === address.filters.object) ??
    all.find((each) => each.domain === null || each.domain === address.domain) ??
    all[0];
  const grants = useFound("grants", first ? queryOf(type, first.id) : null);
  const label = useLabel();
  return (
    <>
      <div className={classes.choice}>
        <NativeSelect
          label={t("admin.authorisations.type")}
          value={type.kind}
          data={types.map(({ kind }) => ({ value: kind, label: t(`admin.authorisations.types.${kind}`) }))}
          onChange={(event) => go({ filters: { kind: event.currentTarget.value } })}
        />
        <Select
          label={t(type.reversed ? "admin.authorisations.whoSees" : `admin.authorisations.first.${type.kind}`)}
          searchable
          allowDeselect={false}
          limit={80}
          nothingFoundMessage={t("none")}
          data={sides.first.map((kind) => ({
            group: t(`admin.authorisations.kinds.${kind}`),
            items: entries[kind].map((each) => ({ value: each.id, label: label(each) })),
          }))}
          value={first?.id ?? null}
          onChange={(object) => object && go({ filters: { ...address.filters, object } })}
        />
        <p className={classes.help}>{t(`admin.authorisations.help.${type.kind}`)}</p>
      </div>
      {grants.error && <ProblemLine problem={problemOf(grants.error)} />}
      {!first && <p className={list.empty}>{t("admin.authorisations.nothing")}</p>}
      {first && grants.data && (
        <div key={`${type.kind} ${first.id}`} className={classes.sides}>
          <Candidates type={type} first={first} entries={entries} grants={grants.data} />
          <Granted type={type} first={first} entries={entries} grants={grants.data} />
        </div>
      )}
    </>
  );
}
