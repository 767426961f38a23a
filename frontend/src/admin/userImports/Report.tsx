import { useTranslation } from "react-i18next";
import type { ImportLineValue, ImportReportValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import own from "../directories/Directories.module.css";
import css from "./Report.module.css";

const COUNTS = [
  "read",
  "created",
  "updated",
  "deleted",
  "disabled",
  "unchanged",
  "ignored",
] as const;

/** What an import would do, or did, with whom and why. */
export function Report({ report }: { report: ImportReportValue }) {
  const { t } = useTranslation();
  return (
    <div className={own.body}>
      <dl className={own.counts}>
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`admin.userImports.counts.${name}`)}</dt>
            <dd className="number">{report[name]}</dd>
          </div>
        ))}
      </dl>
      {report.notes.map((note) => (
        <p key={note.words} className={own.problem}>
          {say(note)}
        </p>
      ))}
      {report.lines.length > 0 && <Lines lines={report.lines} />}
    </div>
  );
}

function Lines({ lines }: { lines: ImportLineValue[] }) {
  const { t } = useTranslation();
  return (
    <div className={css.lines} role="region" aria-label={t("admin.userImports.lines")} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("admin.userImports.columns.action")}</th>
            <th scope="col">{t("admin.userImports.columns.username")}</th>
            <th scope="col">{t("admin.userImports.columns.why")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, n) => (
            <tr key={n}>
              <td>{t(`admin.userImports.actions.${line.action}`)}</td>
              <td>{line.username || line.called}</td>
              <td>
                {line.why && t(`admin.userImports.reasons.${line.why}`)}
                {line.words && <span className={own.examples}>{say(line)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
