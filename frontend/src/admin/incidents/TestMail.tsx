import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { MailTrialValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import { useCompany } from "../data.ts";

/** Sends one mail by the server of the company that one works on, and says what became of it. */
export function TestMail({ to }: { to: string }) {
  const { t, i18n } = useTranslation();
  const company = useCompany();
  const culture = i18n.language === "fr" ? "fr" : "en";
  const trial = useMutation({
    mutationFn: () =>
      request<MailTrialValue>("POST", "/admin/mail/test", { body: { company, to, culture } }),
  });
  const told = trial.data;
  return (
    <div>
      <Button
        size="xs"
        variant="default"
        disabled={!company}
        loading={trial.isPending}
        onClick={() => trial.mutate()}
      >
        {t("admin.administrators.testMail")}
      </Button>
      {trial.error && <ProblemLine problem={problemOf(trial.error)} />}
      {told && (
        <p role="status">
          <StateMark
            mark={told.sent ? "free" : "busy"}
            label={t(told.sent ? "yes" : "no")}
          />{" "}
          {say(told.said)}
        </p>
      )}
    </div>
  );
}
