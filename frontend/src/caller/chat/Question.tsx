import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answerContact } from "../../shared/api/external.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ExternalContactValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./External.module.css";

/** Somebody asks to see how one is: nobody answers that but oneself. */
export function Question({ contact }: { contact: ExternalContactValue }) {
  const { t } = useTranslation();
  const answer = useMutation({ mutationFn: (yes: boolean) => answerContact(contact.id, yes) });
  if (!contact.asks) return null;
  return (
    <div className={classes.question}>
      <p>{t("caller.external.asks", { name: contact.displayName })}</p>
      <div className={classes.buttons}>
        <Button size="compact-sm" loading={answer.isPending} onClick={() => answer.mutate(true)}>
          {t("caller.external.accept")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={answer.isPending}
          onClick={() => answer.mutate(false)}
        >
          {t("caller.external.refuse")}
        </Button>
      </div>
      {answer.error && <ProblemLine problem={problemOf(answer.error)} />}
    </div>
  );
}
