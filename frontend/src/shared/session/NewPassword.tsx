import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Front.module.css";

/** The new password of whoever got the letter; then one signs in with it. */
export function NewPassword({ letter, onDone }: { letter: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const saving = useMutation({
    mutationFn: () =>
      request("POST", "/password-reset/use", { body: { token: letter, password } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  const problem = saving.error ? problemOf(saving.error) : null;
  const over = problem?.why === "resetOver";
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1>{t("reset.newTitle")}</h1>
      {saving.isSuccess ? (
        <p role="status">{t("reset.done")}</p>
      ) : (
        <>
          <PasswordInput
            label={t("reset.password")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            autoFocus
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {problem && (
            <ProblemLine problem={problem} {...(over ? { words: t("reset.over") } : {})} />
          )}
          <Button type="submit" size="sm" loading={saving.isPending}>
            {t("reset.save")}
          </Button>
        </>
      )}
      <div className={classes.foot}>
        <button type="button" className={classes.link} onClick={onDone}>
          {t("reset.back")}
        </button>
      </div>
    </form>
  );
}
