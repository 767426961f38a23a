import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Front.module.css";
import { signIn } from "./session.ts";

type Props = { kind: "user" | "administrator"; over: boolean; onDone: () => Promise<void> };

export function SignIn({ kind, over, onDone }: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [company, setCompany] = useState<string | null>(null);
  const login = useMutation({
    mutationFn: async () => {
      await signIn(kind, { username: username.trim(), password, ...(company ? { company } : {}) });
      await onDone();
    },
    onError: () => setPassword(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!login.isPending) login.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1>{t("signIn.title")}</h1>
      {over && !login.error && <p role="status">{t("signIn.over")}</p>}
      <TextInput
        label={t("signIn.username")}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("signIn.password")}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {company !== null && (
        <TextInput
          label={t("signIn.company")}
          description={t("signIn.companyHelp")}
          autoComplete="organization"
          value={company}
          onChange={(event) => setCompany(event.currentTarget.value)}
        />
      )}
      {login.error && <ProblemLine problem={problemOf(login.error)} />}
      <Button type="submit" size="sm" loading={login.isPending}>
        {t("signIn.submit")}
      </Button>
      <div className={classes.foot}>
        {kind === "user" && company === null && (
          <button type="button" className={classes.link} onClick={() => setCompany("")}>
            {t("signIn.withCompany")}
          </button>
        )}
        <a className={classes.link} href={kind === "user" ? "/admin" : "/"}>
          {t(kind === "user" ? "signIn.toAdministration" : "signIn.toCaller")}
        </a>
      </div>
    </form>
  );
}
