import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type {
  PasskeyCreationValue,
  PasskeysValue,
  PasskeyValue,
  SecondFactorValue,
} from "../api/types.generated.ts";
import { OneTimeCode } from "../ui/OneTimeCode.tsx";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Account.module.css";
import { browserOf } from "./agent.ts";
import type { Level } from "./heading.ts";
import { PasskeyList } from "./PasskeyList.tsx";
import { createPasskey, hasPasskeys } from "./passkey.ts";

const PLACE = "/passkeys";
const KEY = ["passkeys", "own"];

/** One's own passkeys: added where this page may have some, and taken away. */
export function Passkeys({ heading: Heading = "h3" }: { heading?: Level }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const found = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<PasskeysValue>("GET", PLACE, { signal }),
  });
  // What had the focus is gone: the keyboard stays in this section.
  const back = async () => {
    await queries.invalidateQueries({ queryKey: KEY });
    setAdding(false);
    requestAnimationFrame(() => add.current?.focus());
  };
  const passkeys = found.data?.passkeys ?? [];
  const may = hasPasskeys() && (found.data?.offered ?? false);
  if (!may && passkeys.length === 0 && !found.error) return null;
  return (
    <section aria-label={t("account.passkeys")}>
      <Heading className={classes.title}>{t("account.passkeys")}</Heading>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {!adding && passkeys.length === 0 && (
        <p className={classes.help}>{t("account.passkeysHelp")}</p>
      )}
      {passkeys.length > 0 && <PasskeyList passkeys={passkeys} onRemoved={back} />}
      {adding && <NewPasskey onClose={back} />}
      {may && !adding && (
        <Button ref={add} variant="default" onClick={() => setAdding(true)}>
          {t("account.passkeyAdd")}
        </Button>
      )}
    </section>
  );
}

function NewPasskey({ onClose }: { onClose: () => Promise<void> }) {
  const { t } = useTranslation();
  const [name, setName] = useState(browserOf(navigator.userAgent) ?? "");
  const [code, setCode] = useState("");
  const factor = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => request<SecondFactorValue>("GET", "/second-factor", { signal }),
  });
  const needed = factor.data?.needed ?? false;
  const make = useMutation({
    mutationFn: async () => {
      const asked = await request<PasskeyCreationValue>("POST", `${PLACE}/options`, {
        body: needed ? { code } : {},
      });
      const body = { name, ...(await createPasskey(asked)) };
      await request<PasskeyValue>("POST", PLACE, { body });
    },
    onSuccess: onClose,
    onError: () => setCode(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  const problem = make.error ? problemOf(make.error) : null;
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("account.passkeyName")}
        description={t("account.passkeyNameHelp")}
        autoComplete="off"
        required
        withAsterisk={false}
        maxLength={100}
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {needed && <OneTimeCode code={code} onChange={setCode} first={false} />}
      {problem && <ProblemLine problem={problem} {...refusal(problem)} />}
      <div className={classes.row}>
        <Button variant="default" onClick={() => void onClose()}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t("account.passkeyMake")}
        </Button>
      </div>
    </form>
  );

  function refusal({ code, why }: { code: string; why?: unknown }): { words?: string } {
    if (code !== "loginRefused") return {};
    if (why === "nothingShown") return { words: t("account.passkeyNotMade") };
    if (why === "madeAlready") return { words: t("account.passkeyMadeAlready") };
    return { words: t("signIn.codeRefused") };
  }
}
