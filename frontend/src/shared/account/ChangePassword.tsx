import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Account.module.css";

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => request("POST", "/password", { body: { old, new: next } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  if (change.isSuccess) return <p role="status">{t("account.passwordDone")}</p>;
  const toggle = { visibilityToggleButtonProps: { "aria-label": t("signIn.showPassword") } };
  return (
    <form className={classes.form} onSubmit={submit}>
      <PasswordInput
        {...toggle}
        label={t("account.passwordOld")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus
        value={old}
        onChange={(event) => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        {...toggle}
        label={t("account.passwordNew")}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      {change.error && <ProblemLine problem={problemOf(change.error)} />}
      <div className={classes.row}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={change.isPending}>
          {t("account.password")}
        </Button>
      </div>
    </form>
  );
}
