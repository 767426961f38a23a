import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { CollaborationTrialValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import directories from "../directories/Directories.module.css";
import classes from "../form/SideForm.module.css";
import type { CollaborationSource } from "../rows.ts";

/** Whether the source can be read, as it is stored; and reading it now. */
export function SourceTrial({ row, dirty }: { row: CollaborationSource; dirty: boolean }) {
  const { t } = useTranslation();
  const path = `/admin/collaboration-sources/${encodeURIComponent(row.id)}`;
  const test = useMutation({
    mutationFn: () => request<CollaborationTrialValue>("POST", `${path}/try`),
  });
  const refresh = useMutation({ mutationFn: () => request("POST", `${path}/refresh`) });
  const found = test.data;
  const error = test.error ?? refresh.error;
  return (
    <section aria-label={t("admin.collaboration.test")}>
      <Group gap="xs">
        <Button
          variant="default"
          loading={test.isPending}
          disabled={dirty}
          onClick={() => test.mutate()}
        >
          {t("admin.collaboration.test")}
        </Button>
        <Button
          variant="default"
          loading={refresh.isPending}
          disabled={dirty || !row.enabled}
          onClick={() => refresh.mutate()}
        >
          {t("admin.collaboration.refresh")}
        </Button>
      </Group>
      <p className={classes.quiet}>
        {t(dirty ? "admin.collaboration.testLater" : "admin.collaboration.testHelp")}
      </p>
      {error && <ProblemLine problem={problemOf(error)} />}
      {found?.problem && (
        <p role="alert" className={directories.problem}>
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
