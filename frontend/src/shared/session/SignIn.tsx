import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import i18next, { type TFunction } from "i18next";
import { type FormEvent, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { OneTimeCode } from "../ui/OneTimeCode.tsx";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import { useOffered } from "./offered.ts";
import { cameBackWords, useCameBack } from "./cameBack.ts";
import classes from "./Front.module.css";
import { Passkey } from "./Passkey.tsx";
import { Providers } from "./Providers.tsx";
import {
  type Kind,
  signIn,
  signInWithCode,
  signInWithPasskey,
  signInWithWindows,
} from "./session.ts";
import { Windows } from "./Windows.tsx";
import { later } from "../later.ts";

const Forgotten = later(() => import("./Forgotten.tsx"), "Forgotten");
const NEEDED = "secondFactorNeeded";

type Props = {
  kind: Kind;
  over: boolean;
  /** Why the session of Windows was not enough. */
  windows?: Problem;
  onDone: () => Promise<void>;
};
type By = "form" | "provider" | "windows" | "passkey";

export function SignIn({ kind, over, windows, onDone }: Props) {
  const { t } = useTranslation();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [company, setCompany] = useState<string | null>(null);
  const [forgotten, setForgotten] = useState(false);
  const offered = useOffered();
  const cameBack = useCameBack();
  const [by, setBy] = useState<By>(
    cameBack === NEEDED ? "provider" : windows?.code === NEEDED ? "windows" : "form",
  );
  const [code, setCode] = useState<string | null>(by === "form" ? null : "");
  const login = useMutation({
    mutationFn: async (by: By) => {
      setBy(by);
      if (by === "provider") await signInWithCode(code ?? "");
      else if (by === "windows") await signInWithWindows(kind, code ?? "");
      else if (by === "passkey") await signInWithPasskey(kind);
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
      else if (problemOf(error).code === NEEDED) setCode("");
      else setPassword("");
    },
  });
  const restart = () => {
    login.reset();
    setBy("form");
    setCode(null);
    setPassword("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!login.isPending) login.mutate(code === null ? "form" : by);
  };
  const problem = login.error ? problemOf(login.error) : (windows ?? null);
  if (forgotten) {
    return (
      <Suspense>
        <Forgotten kind={kind} username={username} onBack={() => setForgotten(false)} />
      </Suspense>
    );
  }
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
      {cameBack && by === "form" && !login.error && code === null && (
        <p role="alert">{cameBackWords(t, cameBack)}</p>
      )}
      {code === null ? names : <OneTimeCode code={code} onChange={setCode} />}
      {problem && problem.code !== NEEDED && (
        <ProblemLine
          problem={problem}
          {...refusal(t, problem, by, code !== null)}
        />
      )}
      <Button type="submit" size="sm" loading={login.isPending}>
        {t("signIn.submit")}
      </Button>
      {code === null && (
        <>
          <Passkey kind={kind} busy={login.isPending} onClick={() => login.mutate("passkey")} />
          <Windows kind={kind} busy={login.isPending} onClick={() => login.mutate("windows")} />
        </>
      )}
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
        {offered && code === null && (
          <button type="button" className={classes.link} onClick={() => setForgotten(true)}>
            {t("reset.forgotten")}
          </button>
        )}
        <a className={classes.link} href={kind === "user" ? "/admin" : "/"}>
          {t(kind === "user" ? "signIn.toAdministration" : "signIn.toCaller")}
        </a>
      </div>
    </form>
  );
}

/** In words of its own, where a code, a passkey or the session of Windows was refused. */
function refusal(t: TFunction, problem: Problem, by: By, withCode: boolean): { words?: string } {
  const { code, why, parameters } = problem;
  if (code !== "loginRefused") return {};
  if (by === "passkey") {
    const key = i18next.exists(`signIn.passkey.${why}`) ? `passkey.${why}` : `failed.${why}`;
    return { words: t(`signIn.${key}` as "signIn.passkey.passkeyRefused") };
  }
  if (why && i18next.exists(`signIn.windows.${why}`))
    return {
      words: t(`signIn.windows.${why}` as "signIn.windows.unknownUser", {
        account: String(parameters?.account ?? ""),
      }),
    };
  if (!withCode) return {};
  return { words: t(why === "signInOver" ? "signIn.failed.late" : "signIn.codeRefused") };
}
