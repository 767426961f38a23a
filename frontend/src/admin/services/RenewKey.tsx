import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Question } from "../form/Question.tsx";
import cell from "../list/Cell.module.css";

/** Makes the key anew by which browsers know this server. */
export function RenewKey() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const renewing = useMutation({
    mutationFn: () => request("POST", "/admin/push-key/renew"),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
        {t("admin.services.key.renew")}
      </Button>
      <span role="status" className={cell.detail}>
        {renewing.isSuccess && t("admin.services.key.renewed")}
      </span>
      {renewing.error && (
        <ProblemLine problem={problemOf(renewing.error)} onClose={renewing.reset} />
      )}
      {asking && (
        <Question
          title={t("admin.services.key.title")}
          words={t("admin.services.key.effect")}
          submit={t("admin.services.key.yes")}
          busy={renewing.isPending}
          onClose={() => setAsking(false)}
          onYes={() => renewing.mutate()}
        />
      )}
    </>
  );
}
