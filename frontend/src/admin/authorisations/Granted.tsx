import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useAddress } from "../address/context.tsx";
import { remove, useRefresh } from "../data.ts";
import { RemoveQuestion } from "../form/RemoveQuestion.tsx";
import { ExportRows } from "../list/ExportRows.tsx";
import type { Grant, GrantType } from "../rows.ts";
import classes from "./Authorisations.module.css";
import { type Entry, nameIn, type RowKind } from "./named.ts";
import { listedIn } from "./screen.ts";

const MOST = 400;

type Props = { type: GrantType; first: Entry; entries: Record<RowKind, Entry[]>; grants: Grant[] };

/** Also where somebody else has withdrawn it meanwhile. */
async function withdrawn(grant: Grant): Promise<void> {
  try {
    await remove("grants", grant);
  } catch (error) {
    if (problemOf(error).code !== "notFound") throw error;
  }
}

/** Who has it already; several are withdrawn at once. */
export function Granted({ type, first, entries, grants }: Props) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const refresh = useRefresh();
  const kept = useKeptFocus<HTMLElement>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const rows = grants
    .map((grant) => {
      const { kind, id } = listedIn(type, grant);
      return { grant, kind, id, name: nameIn(entries[kind], id) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const picked = grants.filter((grant) => chosen.has(grant.id));
  const turn = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const withdraw = async () => {
    try {
      for (const grant of picked) await withdrawn(grant);
      setAsking(false);
    } finally {
      setChosen(new Set());
      await refresh();
    }
  };
  const title = type.reversed
    ? t("admin.authorisations.maySee", { name: first.name })
    : t("admin.authorisations.authorised", { name: first.name });
  return (
    <section ref={kept} className={classes.side} aria-label={title} tabIndex={-1}>
      <h3 className={classes.title}>{title}</h3>
      {rows.length === 0 && <p className={classes.quiet}>{t("admin.authorisations.empty")}</p>}
      <ul className={classes.granted}>
        {rows.slice(0, MOST).map(({ grant, kind, id, name }) => (
          <li key={grant.id}>
            <Checkbox
              label={name}
              description={t(`admin.authorisations.kinds.${kind}`)}
              checked={chosen.has(grant.id)}
              onChange={(event) => turn(grant.id, event.currentTarget.checked)}
            />
            {kind === "user" && !type.reversed && (
              <button
                type="button"
                className={classes.link}
                aria-label={t("admin.rights.of", { name })}
                onClick={() =>
                  go({
                    page: "rights",
                    edit: null,
                    filters: { user: id, kind: type.kind, object: first.id },
                  })
                }
              >
                {t("admin.rights.short")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {rows.length > MOST && (
        <p className={classes.quiet}>{t("admin.list.more", { count: rows.length - MOST })}</p>
      )}
      <footer className={classes.foot}>
        <ExportRows
          rows={rows}
          columns={[
            { label: title, value: (row) => row.name },
            {
              label: t("admin.authorisations.kind"),
              value: (row) => t(`admin.authorisations.kinds.${row.kind}`),
            },
          ]}
        />
        <Button variant="default" disabled={picked.length === 0} onClick={() => setAsking(true)}>
          {t("admin.authorisations.withdraw", { count: picked.length })}
        </Button>
      </footer>
      <RemoveQuestion
        name={t("admin.authorisations.several", { count: picked.length })}
        words={t(`admin.authorisations.removes.${type.kind === "application" ? "application" : "other"}`)}
        opened={asking}
        onClose={() => setAsking(false)}
        onRemove={withdraw}
      />
    </section>
  );
}
