import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import { cameBackWords, useCameBack } from "./cameBack.ts";
import classes from "./Front.module.css";
import { Providers } from "./Providers.tsx";
import { signIn, signInWithCode } from "./session.ts";

type Props = { kind: "user" | "administrator"; over: boolean; onDone: () => Promise<void> };

export function SignIn({ kind, over, onDone }: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [company, setCompany] = useState<string | null>(null);
  const cameBack = useCameBack();
  const [known, setKnown] = useState(cameBack === "secondFactorNeeded");
  const [code, setCode] = useState<string | null>(known ? "" : null);
  const login = useMutation({
    mutationFn: async () => {
      if (known) await signInWithCode(code ?? "");
      else
        await signIn(kind, {
          username: username.trim(),
          password,
          ...(company ? { company } : {}),
          ...(code ? { code } : {}),
        });
      await onDone();
    },
    onError: (error) => {
      if (code !== null) setCode("");
      else if (problemOf(error).code === "secondFactorNeeded") setCode("");
      else setPassword("");
    },
  });
  const restart = () => {
    login.reset();
    setKnown(false);
    setCode(null);
    setPassword("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!login.isPending) login.mutate();
  };
  const problem = login.error ? problemOf(login.error) : null;
  const names = (
    <>
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
        required={kind === "administrator"}
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
    </>
  );
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1>{t("signIn.title")}</h1>
      {over && !login.error && <p role="status">{t("signIn.over")}</p>}
      {cameBack && !known && !login.error && code === null && (
        <p role="alert">{cameBackWords(t, cameBack)}</p>
      )}
      {code === null ? names : <Code code={code} onChange={setCode} />}
      {problem && problem.code !== "secondFactorNeeded" && (
        <ProblemLine
          problem={problem}
          {...(code !== null && problem.code === "loginRefused"
            ? { words: t(problem.why === "signInOver" ? "signIn.failed.late" : "signIn.codeRefused") }
            : {})}
        />
      )}
      <Button type="submit" size="sm" loading={login.isPending}>
        {t("signIn.submit")}
      </Button>
      {kind === "user" && code === null && <Providers />}
      <div className={classes.foot}>
        {code !== null && (
          <button type="button" className={classes.link} onClick={restart}>
            {t("signIn.otherName")}
          </button>
        )}
        {kind === "user" && company === null && code === null && (
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

function Code({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("signIn.code")}
      description={t("signIn.codeHelp")}
      autoComplete="one-time-code"
      required
      withAsterisk={false}
      autoFocus
      value={code}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
