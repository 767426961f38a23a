import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Front.module.css";

type Props = { kind: "user" | "administrator"; username: string; onBack: () => void };

/** Asks for a letter. What is answered says nothing of who has an account. */
export function Forgotten({ kind, username: typed, onBack }: Props) {
  const { t, i18n } = useTranslation();
  const [username, setUsername] = useState(typed);
  const [company, setCompany] = useState("");
  const asking = useMutation({
    mutationFn: () =>
      request("POST", "/password-reset", {
        body: {
          username: username.trim(),
          administrator: kind === "administrator",
          culture: i18n.language === "fr" ? "fr" : "en",
          ...(company.trim() ? { company: company.trim() } : {}),
        },
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!asking.isPending) asking.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <h1>{t("reset.title")}</h1>
      {asking.isSuccess ? (
        <p role="status">{t("reset.sent")}</p>
      ) : (
        <>
          <p>{t("reset.lead")}</p>
          <TextInput
            label={t("signIn.username")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          {kind === "user" && (
            <TextInput
              label={t("signIn.company")}
              description={t("signIn.companyHelp")}
              autoComplete="organization"
              value={company}
              onChange={(event) => setCompany(event.currentTarget.value)}
            />
          )}
          {asking.error && <ProblemLine problem={problemOf(asking.error)} />}
          <Button type="submit" size="sm" loading={asking.isPending}>
            {t("reset.send")}
          </Button>
        </>
      )}
      <div className={classes.foot}>
        <button type="button" className={classes.link} onClick={onBack}>
          {t("reset.back")}
        </button>
      </div>
    </form>
  );
}
