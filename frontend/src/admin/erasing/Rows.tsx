import { useTranslation } from "react-i18next";
import { useCulture } from "../../shared/time/culture.ts";
import classes from "./Erasing.module.css";

/** How many of each kind, in words. */
export function Rows({ label, rows }: { label: string; rows: [table: string, count: number][] }) {
  const { t } = useTranslation();
  const { culture } = useCulture();
  const figures = new Intl.NumberFormat(culture);
  return (
    // A region that scrolls can be scrolled by keyboard.
    <section className={classes.rows} aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {rows.map(([table, count]) => (
            <tr key={table}>
              <th scope="row">
                {t(`admin.erased.rows.${table}` as "admin.erased.rows.contact", { defaultValue: table })}
              </th>
              <td>{figures.format(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
