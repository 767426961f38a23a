import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { TriedCalendarValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Preferences.module.css";

export type AccountBody = { username: string; email: string; password?: string };

type Props = { place: string; body: AccountBody; ready: boolean };

/** Whether one's calendar can be read with the account as it is typed; nothing is saved. */
export function AccountTrial({ place, body, ready }: Props) {
  const { t } = useTranslation();
  const test = useMutation({
    mutationFn: (asked: AccountBody) =>
      request<TriedCalendarValue>("POST", `${place}/try`, { body: asked }),
  });
  // What was found with other words says nothing of these.
  const current = JSON.stringify(test.variables) === JSON.stringify(body);
  const found = current ? test.data : undefined;
  return (
    <div className={classes.password}>
      <div className={classes.row}>
        <Button
          variant="default"
          loading={test.isPending}
          disabled={!ready}
          onClick={() => test.mutate(body)}
        >
          {t("caller.prefs.accountTest")}
        </Button>
        <p className={classes.help}>{t("caller.prefs.accountTestHelp")}</p>
      </div>
      {current && test.error && <ProblemLine problem={problemOf(test.error)} />}
      {found?.problem && (
        <p role="alert" className={classes.wrong}>
          {t(`caller.prefs.accountProblems.${found.problem}`)} <q>{say(found)}</q>
        </p>
      )}
      <div role="status">
        {found && !found.problem && t("caller.prefs.accountWorks", { count: found.events })}
      </div>
    </div>
  );
}
