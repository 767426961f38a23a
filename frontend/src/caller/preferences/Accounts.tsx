import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { CollaborationAccountValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useExternal } from "../chat/useExternal.ts";
import { AccountState, ContactsState } from "./AccountState.tsx";
import { AccountTrial } from "./AccountTrial.tsx";
import classes from "./Preferences.module.css";

const PLACE = "/collaboration-accounts";
const REFETCH = 3_000;

/** One's own accounts with where calendars and contacts are read, if there are such places. */
export function Accounts() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["collaboration-accounts"],
    queryFn: ({ signal }) => request<CollaborationAccountValue[]>("GET", PLACE, { signal }),
    // What is saved is read a moment later.
    refetchInterval: REFETCH,
  });
  const accounts = found.data ?? [];
  const external = useExternal();
  if (accounts.length === 0) {
    // Where there is an account of another kind it would say the contrary.
    return found.isSuccess && !external && <p className={classes.help}>{t("caller.prefs.accountsNone")}</p>;
  }
  return (
    <section aria-label={t("caller.prefs.accounts")}>
      <h3 className={classes.title}>{t("caller.prefs.accounts")}</h3>
      <p className={classes.help}>{t("caller.prefs.accountsHelp")}</p>
      {accounts.map((account) =>
        open === account.source ? (
          <Account key={account.source} account={account} onClose={() => setOpen(null)} />
        ) : (
          <div key={account.source}>
            <Button variant="default" onClick={() => setOpen(account.source)}>
              {account.username === null
                ? t("caller.prefs.accountNone", { name: account.name })
                : t("caller.prefs.accountOf", { name: account.name, user: account.username })}
            </Button>
            <AccountState account={account} />
          </div>
        ),
      )}
      <ContactsState />
    </section>
  );
}

type Props = { account: CollaborationAccountValue; onClose: () => void };

function Account({ account, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState(account.username ?? "");
  const [email, setEmail] = useState(account.email);
  const [password, setPassword] = useState("");
  const isNew = account.username === null;
  const path = `${PLACE}/${encodeURIComponent(account.source)}`;
  const body = { username, email, ...(password ? { password } : {}) };
  const change = useMutation({
    mutationFn: (keep: boolean) =>
      keep ? request("PUT", path, { body }) : request("DELETE", path),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["collaboration-accounts"] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate(true);
  };
  return (
    <form className={classes.password} aria-label={account.name} onSubmit={submit}>
      <TextInput
        label={t("caller.prefs.accountUser")}
        autoComplete="off"
        autoCapitalize="none"
        required
        withAsterisk={false}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <TextInput
        type="email"
        label={t("caller.prefs.accountEmail")}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        label={t(isNew ? "caller.prefs.accountPassword" : "caller.prefs.accountPasswordStays")}
        autoComplete="new-password"
        required={isNew}
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <AccountTrial
        place={path}
        body={body}
        ready={username !== "" && (!isNew || password !== "")}
      />
      {change.error && <ProblemLine problem={problemOf(change.error)} />}
      <div className={classes.row}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        {!isNew && (
          <Button variant="default" disabled={change.isPending} onClick={() => change.mutate(false)}>
            {t("remove")}
          </Button>
        )}
        <Button type="submit" loading={change.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
