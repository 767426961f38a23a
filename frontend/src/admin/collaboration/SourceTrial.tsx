import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  CollaborationTrialValue,
  TryCollaborationSourceBody,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import directories from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import type { CollaborationSource } from "../rows.ts";
import { named } from "../settings/named.ts";
import trial from "../working/Trial.module.css";
import { useTrial } from "../working/useTrial.ts";
import { Working } from "../working/Working.tsx";

type Props = {
  /** The source as the form has it. */
  body: TryCollaborationSourceBody;
  row: CollaborationSource | null;
  dirty: boolean;
};

/** Whether the source can be read, as the form has it; and reading now what is stored. */
export function SourceTrial({ body, row, dirty }: Props) {
  const { t } = useTranslation();
  const test = useTrial<TryCollaborationSourceBody, CollaborationTrialValue>(
    "/admin/collaboration-sources/try",
    body,
  );
  const refresh = useMutation({
    mutationFn: () =>
      request(
        "POST",
        `/admin/collaboration-sources/${encodeURIComponent(row?.id ?? "")}/refresh`,
      ),
  });
  const { found } = test;
  const error = test.error ?? refresh.error;
  const words = `calendars.${body.connector}`;
  return (
    <section ref={test.result} aria-label={t("admin.collaboration.test")} className={trial.trial}>
      <Group gap="xs">
        <Button variant="default" loading={test.isPending} onClick={test.run}>
          {t("admin.collaboration.test")}
        </Button>
        {row && (
          <Button
            variant="default"
            loading={refresh.isPending}
            disabled={dirty || !row.enabled}
            onClick={() => refresh.mutate()}
          >
            {t("admin.collaboration.refresh")}
          </Button>
        )}
      </Group>
      {test.isPending ? (
        <Working words={t("admin.collaboration.testing")} onCancel={test.cancel} />
      ) : (
        <p className={classes.quiet}>{t("admin.collaboration.testHelp")}</p>
      )}
      {error && <ProblemLine problem={named(t, problemOf(error), words)} />}
      {found?.problem && (
        <p role="alert" className={trial.problem}>
          {t(`admin.collaboration.problems.${found.problem}`)} <q>{say(found)}</q>
        </p>
      )}
      {found && !found.problem && (
        <div role="status">
          <ul className={directories.remarks}>
            {found.people.map((person) => (
              <li key={person.user}>
                {person.displayName} ({person.mailbox})
                <span className={directories.examples}>
                  {person.problem
                    ? say(person)
                    : t("admin.collaboration.events", { count: person.events })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
