import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { SmsTrialValue, TrySmsProviderBody } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "../form/SideForm.module.css";
import { named } from "../settings/named.ts";
import trial from "../working/Trial.module.css";
import { useTrial } from "../working/useTrial.ts";
import { Working } from "../working/Working.tsx";

/** `body`: the provider as the form has it. */
type Props = { body: Omit<TrySmsProviderBody, "number" | "text"> };

/** Whether a gateway knows us, as the form has it, and whether a message comes. */
export function ProviderTrial({ body }: Props) {
  const { t } = useTranslation();
  const [number, setNumber] = useState("");
  const test = useTrial<TrySmsProviderBody, SmsTrialValue>("/admin/sms-providers/try", {
    ...body,
    number: number.trim(),
    text: t("admin.sms.text"),
  });
  const { found } = test;
  const words = `sms.${body.connector}`;
  return (
    <section ref={test.result} aria-label={t("admin.sms.test")} className={trial.trial}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t("admin.sms.number")}
          description={t("admin.sms.numberHelp")}
          type="tel"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button variant="default" loading={test.isPending} onClick={test.run}>
          {t("admin.sms.test")}
        </Button>
      </Group>
      {test.isPending ? (
        <Working words={t("admin.sms.testing")} onCancel={test.cancel} />
      ) : (
        <p className={classes.quiet}>{t("admin.sms.testHelp")}</p>
      )}
      {test.error && <ProblemLine problem={named(t, problemOf(test.error), words)} />}
      {found?.problem && (
        <p role="alert" className={trial.problem}>
          {t(`admin.sms.problems.${found.problem}`)} <q>{say(found)}</q>
        </p>
      )}
      {found && !found.problem && (
        <p role="status">
          {found.number
            ? t("admin.sms.sent", { number: found.number })
            : t(found.asked ? "admin.sms.answered" : "admin.sms.notAsked")}
        </p>
      )}
    </section>
  );
}
