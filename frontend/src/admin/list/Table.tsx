import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Chosen } from "../bulk/useChosen.ts";
import classes from "./Table.module.css";

export type Column<R> = {
  label: string;
  title?: string;
  value: (row: R) => ReactNode;
  /** What it says, where what is drawn is more than words. */
  text?: (row: R) => string;
  /** Numbers are set in columns of figures. */
  figures?: boolean;
  /** Left out where there is little room. */
  spare?: boolean;
};

/** A column that can be exported as well: it is words, or says which. */
export type ListColumn<R> = Column<R> &
  ({ value: (row: R) => string | number } | { text: (row: R) => string });

type Props<R> = {
  rows: R[];
  columns: Column<R>[];
  label: string;
  selected?: string | null;
  onSelect?: (row: R) => void;
  /** Several can be chosen, by a check box in front of each that is not fixed. */
  choice?: Choice<R> | undefined;
};

type Choice<R> = { chosen: Chosen; name: (row: R) => string; fixed?: (row: R) => boolean };

const MOST = 400;

/** Dense rows; the first cell of each is the button that opens it. */
export function Table<R extends { id: string }>(props: Props<R>) {
  const { rows, columns, label, selected, onSelect, choice } = props;
  const { t } = useTranslation();
  const left = rows.length - MOST;
  return (
    // A region that scrolls can be scrolled by keyboard.
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {choice && <ChooseAll rows={rows} choice={choice} />}
            {columns.map((column) => (
              <th key={column.label} title={column.title} data-spare={column.spare || undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((row) => (
            <tr
              key={row.id}
              data-selected={row.id === selected || undefined}
              data-opens={Boolean(onSelect) || undefined}
              onClick={() => onSelect?.(row)}
            >
              {choice && <Choose row={row} choice={choice} />}
              {columns.map((column, n) => (
                <td
                  key={column.label}
                  className={column.figures ? "number" : undefined}
                  data-spare={column.spare || undefined}
                >
                  <div className={classes.cell}>
                    {n === 0 && onSelect ? (
                      <button
                        type="button"
                        className={classes.open}
                        aria-current={row.id === selected || undefined}
                      >
                        {column.value(row)}
                      </button>
                    ) : (
                      column.value(row)
                    )}
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className={classes.more}>{t("admin.list.more", { count: left })}</p>}
    </section>
  );
}

type OfRow<R> = { row: R; choice: Choice<R> };

function Choose<R extends { id: string }>({ row, choice }: OfRow<R>) {
  const { t } = useTranslation();
  const { chosen, name, fixed } = choice;
  return (
    // A click beside the box does not open the row.
    <td className={classes.choose} onClick={(event) => event.stopPropagation()}>
      {!fixed?.(row) && (
        <label>
          <input
            type="checkbox"
            aria-label={t("admin.bulk.choose", { name: name(row) })}
            checked={chosen.ids.has(row.id)}
            onChange={({ currentTarget: { checked }, nativeEvent }) =>
              chosen.turn(row.id, checked, (nativeEvent as MouseEvent).shiftKey)
            }
          />
        </label>
      )}
    </td>
  );
}

function ChooseAll<R extends { id: string }>({ rows, choice }: { rows: R[]; choice: Choice<R> }) {
  const { t } = useTranslation();
  const { chosen, fixed } = choice;
  const open = rows.filter((row) => !fixed?.(row));
  const count = open.filter((row) => chosen.ids.has(row.id)).length;
  const all = count > 0 && count === open.length;
  return (
    <th className={classes.choose}>
      <label>
        <input
          type="checkbox"
          aria-label={t("admin.bulk.chooseAll", { count: open.length })}
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = count > 0 && !all;
          }}
          onChange={() => chosen.all(!all)}
        />
      </label>
    </th>
  );
}
