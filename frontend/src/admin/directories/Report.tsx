import { useTranslation } from "react-i18next";
import type { RemarkValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import type { Run } from "../rows.ts";
import runs from "../runs/Runs.module.css";
import own from "./Directories.module.css";
import { useReason } from "./reasons.ts";

const COUNTS = ["read", "created", "updated", "deleted", "unchanged"] as const;

/** What one synchronisation found, did, and left out. */
export function Report({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <div className={own.body}>
      {run.problem && (
        <p className={own.problem}>
          {t(`admin.directories.problems.${run.problem}`)} <q>{say(run)}</q>
        </p>
      )}
      <dl className={own.counts}>
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`admin.directories.counts.${name}`)}</dt>
            <dd className="number">{run[name]}</dd>
          </div>
        ))}
        <div>
          <dt>{t("admin.directories.counts.ignored")}</dt>
          <dd className="number">
            {run.ignored.reduce((count, remark) => count + remark.count, 0)}
          </dd>
        </div>
      </dl>
      <Remarks title={t("admin.directories.ignored")} remarks={run.ignored} />
      <Remarks title={t("admin.directories.notes")} remarks={run.notes} />
      {run.unread.length > 0 && (
        <section>
          <h3 className={own.title}>{t("admin.directories.unread")}</h3>
          <ul className={own.remarks}>
            {run.unread.map((one) => (
              <li key={one.mailbox}>
                {one.mailbox} <span className={runs.quiet}>{say({ ...one, words: one.why })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function examples({ examples, sentences }: RemarkValue): string[] {
  return examples.map((words, n) => {
    const sentence = sentences[n];
    return sentence ? say({ ...sentence, words }) : words;
  });
}

function Remarks({ title, remarks }: { title: string; remarks: RemarkValue[] }) {
  const why = useReason();
  if (remarks.length === 0) return null;
  return (
    <section>
      <h3 className={own.title}>{title}</h3>
      <ul className={own.remarks}>
        {remarks.map((remark) => (
          <li key={remark.why}>
            <span className="number">{remark.count}</span> {why(remark.why, remark.words)}
            {remark.examples.length > 0 && (
              <span className={own.examples}>{examples(remark).join(" · ")}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
