import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { type ListName, remove } from "../data.ts";
import classes from "./Bulk.module.css";
import { BulkRun } from "./BulkRun.tsx";
import type { Outcome } from "./running.ts";
import type { Chosen } from "./useChosen.ts";

/** What can be done with several rows of a list at once. */
export type BulkActs<R> = {
  remove: (row: R) => Promise<void>;
  name: (row: R) => string;
  /** What goes with them. */
  removes: (rows: R[]) => string;
  /** Those that nobody may delete cannot be chosen. */
  fixed?: (row: R) => boolean;
  /** The form by which they are changed. */
  change?: (rows: R[], onClose: (outcome: Outcome<R> | null) => void) => ReactNode;
};

type Props<R> = { acts: BulkActs<R>; rows: R[]; chosen: Chosen };

/** Of the rows that are chosen: how many, and what can be done with them. */
export function Bulk<R extends { id: string }>({ acts, rows, chosen }: Props<R>) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"change" | "remove" | null>(null);
  const close = (outcome: Outcome<R> | null) => {
    setAsking(null);
    // What could not be done is chosen still; where all was, they may be changed once more.
    const rest = outcome && [...outcome.failed.map(({ row }) => row), ...outcome.left];
    if (rest?.length) chosen.only(rest.map(({ id }) => id));
  };
  return (
    <>
      {(rows.length > 0 || asking) && (
        <div className={classes.bar} role="group" aria-label={t("admin.bulk.several")}>
          <span role="status">{t("admin.bulk.chosen", { count: rows.length })}</span>
          {acts.change && (
            <Button variant="default" onClick={() => setAsking("change")}>
              {t("admin.bulk.change")}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking("remove")}>
            {t("admin.bulk.remove")}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => chosen.only([])}>
            {t("admin.bulk.none")}
          </Button>
        </div>
      )}
      {asking === "change" && acts.change?.(rows, close)}
      {asking === "remove" && (
        <BulkRun
          title={t("admin.bulk.removeTitle", { count: rows.length })}
          submit={t("remove")}
          rows={rows}
          name={acts.name}
          act={{ run: async (some) => void (await Promise.all(some.map(acts.remove))) }}
          onClose={close}
        >
          <p>
            {acts.removes(rows)} {t("admin.form.removeForGood")}
          </p>
        </BulkRun>
      )}
    </>
  );
}

/** Also where somebody else has deleted it meanwhile. */
export function removing(list: ListName) {
  return async (row: { id: string; version: number }): Promise<void> => {
    try {
      await remove(list, row);
    } catch (error) {
      if (problemOf(error).code !== "notFound") throw error;
    }
  };
}
