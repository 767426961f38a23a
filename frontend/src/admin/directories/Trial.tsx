import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { DirectoryTrialValue, SampleValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "../form/SideForm.module.css";
import type { Directory } from "../rows.ts";
import own from "./Directories.module.css";
import { useReason } from "./reasons.ts";

/** Whether the source can be read, as it is stored, and what its first entries would become. */
export function Trial({ row, dirty }: { row: Directory; dirty: boolean }) {
  const { t } = useTranslation();
  const test = useMutation({
    mutationFn: () =>
      request<DirectoryTrialValue>(
        "POST",
        `/admin/directories/${encodeURIComponent(row.id)}/try`,
      ),
  });
  const found = test.data;
  return (
    <section aria-label={t("admin.directories.test")}>
      <Button
        variant="default"
        loading={test.isPending}
        disabled={dirty}
        onClick={() => test.mutate()}
      >
        {t("admin.directories.test")}
      </Button>
      <p className={classes.quiet}>
        {t(dirty ? "admin.directories.testLater" : "admin.directories.testHelp")}
      </p>
      {test.error && <ProblemLine problem={problemOf(test.error)} />}
      {found?.problem && (
        <p role="alert" className={own.problem}>
          {t(`admin.directories.problems.${found.problem}`)} <q>{found.words}</q>
        </p>
      )}
      {found && !found.problem && (
        <div role="status">
          {found.entries.length === 0 && t("admin.directories.testEmpty")}
          {found.entries.map((sample, n) => (
            <Sample key={n} sample={sample} />
          ))}
        </div>
      )}
    </section>
  );
}

function Sample({ sample }: { sample: SampleValue }) {
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
        <p key={note} className={own.examples}>
          {note}
        </p>
      ))}
    </details>
  );
}
