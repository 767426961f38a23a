import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  DirectoryTrialValue,
  SampleValue,
  TryDirectoryBody,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "../form/SideForm.module.css";
import trial from "../working/Trial.module.css";
import { useTrial } from "../working/useTrial.ts";
import { Working } from "../working/Working.tsx";
import own from "./Directories.module.css";
import { named } from "./named.ts";
import { useReason } from "./reasons.ts";

/** Whether the source can be read, as the form has it, and what its first entries would become. */
export function Trial({ body }: { body: TryDirectoryBody }) {
  const { t } = useTranslation();
  const test = useTrial<TryDirectoryBody, DirectoryTrialValue>("/admin/directories/try", body);
  const { found, error } = test;
  return (
    <section ref={test.result} aria-label={t("admin.directories.test")} className={trial.trial}>
      <Button variant="default" loading={test.isPending} onClick={test.run}>
        {t("admin.directories.test")}
      </Button>
      <div className={trial.verdict}>
        {test.isPending ? (
          <Working words={t("admin.directories.testing")} onCancel={test.cancel} />
        ) : (
          <div role="status">
            {found && !found.problem ? (
              <p>{verdict(found)}</p>
            ) : (
              <p className={classes.quiet}>{t("admin.directories.testHelp")}</p>
            )}
          </div>
        )}
        {error && <ProblemLine problem={named(t, problemOf(error), body.connector)} />}
        {found?.problem && (
          <p role="alert" className={trial.problem}>
            {t(`admin.directories.problems.${found.problem}`)} <q>{say(found)}</q>
          </p>
        )}
      </div>
      {found?.entries.map((sample, n) => (
        <Sample key={n} sample={sample} />
      ))}
    </section>
  );

  function verdict({ entries }: DirectoryTrialValue): string {
    if (entries.length === 0) return t("admin.directories.testEmpty");
    const ignored = entries.filter((entry) => entry.ignored).length;
    const words = t("admin.directories.testRead", { count: entries.length });
    return ignored
      ? `${words} ${t("admin.directories.testIgnored", { count: ignored })}`
      : words;
  }
}

function Sample({ sample }: { sample: SampleValue }) {
  const { t } = useTranslation();
  const reason = useReason();
  const became = [sample.name, ...sample.numbers, ...sample.emails].filter(Boolean).join(" · ");
  return (
    <details className={own.report}>
      <summary>{sample.ignored ? reason(sample.ignored) : became}</summary>
      <dl className={own.body}>
        {Object.entries(sample.entry).map(([name, value]) => (
          <div key={name} className={own.pairOfEntry}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {sample.notes.map((note) => (
        <p key={note.why + note.words} className={own.examples}>
          {note.words
            ? t("why.of", { field: reason(note.why), why: say(note) })
            : reason(note.why)}
        </p>
      ))}
    </details>
  );
}
