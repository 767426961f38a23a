import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { TriedMethodValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./SignInTest.module.css";

/** What each of a user's ways of signing in says of a password; nobody is signed in. */
export function SignInTest({ user }: { user: string }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const trying = useMutation({
    mutationFn: () =>
      request<TriedMethodValue[]>("POST", `/admin/users/${user}/sign-in-test`, {
        body: { password },
      }),
    onSettled: () => setPassword(""),
  });
  return (
    <section aria-label={t("admin.users.signInTest")}>
      <div className={classes.row}>
        <PasswordInput
          className={classes.field}
          label={t("admin.users.signInTest")}
          description={t("admin.users.signInTestHelp")}
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button variant="default" loading={trying.isPending} onClick={() => trying.mutate()}>
          {t("admin.users.signInTry")}
        </Button>
      </div>
      {trying.error && <ProblemLine problem={problemOf(trying.error)} />}
      <ul className={classes.list} aria-live="polite">
        {trying.data?.map((one) => (
          <li key={one.method}>
            <strong>{one.method}</strong>{" "}
            {t(`admin.users.signInOutcomes.${one.outcome}` as "admin.users.signInOutcomes.refused")}
            {one.sentence && (
              <span className={classes.why}> {say({ words: one.words, ...one.sentence })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
