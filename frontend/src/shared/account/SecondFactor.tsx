import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type {
  EnrolmentValue,
  RecoveryCodesValue,
  SecondFactorValue,
} from "../api/types.generated.ts";
import { OneTimeCode } from "../ui/OneTimeCode.tsx";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Account.module.css";
import type { Level } from "./heading.ts";

const PLACE = "/second-factor";

type Step =
  | { is: "resting" }
  | { is: "enrolling"; made: EnrolmentValue }
  | { is: "done"; codes: string[] }
  | { is: "removing" };

/** The code of a telephone, besides the password: set up, and taken off. */
export function SecondFactor({ heading: Heading = "h3" }: { heading?: Level }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ is: "resting" });
  const found = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => request<SecondFactorValue>("GET", PLACE, { signal }),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ["second-factor"] });
  const rest = () => setStep({ is: "resting" });
  const begin = useMutation({
    mutationFn: () => request<EnrolmentValue>("POST", PLACE),
    onSuccess: (made) => setStep({ is: "enrolling", made }),
  });
  const state = found.data;
  return (
    <section aria-label={t("account.factor")}>
      <Heading className={classes.title}>{t("account.factor")}</Heading>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {begin.error && <ProblemLine problem={problemOf(begin.error)} />}
      {state && step.is === "resting" && (
        <>
          <p className={classes.help}>
            {state.needed
              ? t("account.factorOn", { count: state.recoveryCodes })
              : t("account.factorOff")}
          </p>
          <Button
            variant="default"
            loading={begin.isPending}
            onClick={() => (state.needed ? setStep({ is: "removing" }) : begin.mutate())}
          >
            {t(state.needed ? "account.factorRemove" : "account.factorAdd")}
          </Button>
        </>
      )}
      {step.is === "enrolling" && (
        <Code
          submit={t("account.factorConfirm")}
          onCancel={rest}
          send={async (code) => {
            const body = { code };
            const { codes } = await request<RecoveryCodesValue>("POST", `${PLACE}/confirmation`, {
              body,
            });
            await refresh();
            setStep({ is: "done", codes });
          }}
        >
          <p className={classes.help}>{t("account.factorScan")}</p>
          <img className={classes.picture} src={step.made.picture} alt={t("account.factorPicture")} />
          <p className={classes.help}>
            {t("account.factorType")} <span className={classes.secret}>{step.made.secret}</span>
          </p>
        </Code>
      )}
      {step.is === "done" && (
        <div className={classes.form} role="status">
          <p className={classes.help}>{t("account.factorDone")}</p>
          <ul className={classes.codes}>
            {step.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <Button autoFocus onClick={rest}>
            {t("account.factorKept")}
          </Button>
        </div>
      )}
      {step.is === "removing" && (
        <Code
          submit={t("account.factorRemove")}
          onCancel={rest}
          send={async (code) => {
            await request("POST", `${PLACE}/removal`, { body: { code } });
            await refresh();
            rest();
          }}
        >
          <p className={classes.help}>{t("account.factorRemoves")}</p>
        </Code>
      )}
    </section>
  );
}

type CodeProps = {
  submit: string;
  send: (code: string) => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
};

function Code({ submit, send, onCancel, children }: CodeProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const sending = useMutation({ mutationFn: () => send(code), onError: () => setCode("") });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  const problem = sending.error ? problemOf(sending.error) : null;
  const wrong = problem?.code === "loginRefused" || problem?.code === "invalid";
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      {children}
      <OneTimeCode code={code} onChange={setCode} recovery={false} />
      {problem && (
        <ProblemLine problem={problem} {...(wrong ? { words: t("signIn.codeRefused") } : {})} />
      )}
      <div className={classes.row}>
        <Button variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={sending.isPending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
