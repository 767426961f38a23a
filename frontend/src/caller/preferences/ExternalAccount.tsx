import { Button, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteAccount, setAccount } from "../../shared/api/external.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ExternalAccountValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import prefs from "./Preferences.module.css";
import classes from "../chat/External.module.css";
import { Removal } from "../chat/Removal.tsx";

type Props = { account: ExternalAccountValue | null; onClose: () => void };

export function ExternalAccount({ account, onClose }: Props) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(account?.address ?? "");
  const [password, setPassword] = useState("");
  const [host, setHost] = useState(account?.host ?? "");
  const [port, setPort] = useState<number | null>(account?.port ?? null);
  const [removing, setRemoving] = useState(false);
  const keep = useMutation({
    mutationFn: () => setAccount({ address, host, port, ...(password ? { password } : {}) }),
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!keep.isPending) keep.mutate();
  };
  return (
    <form className={prefs.password} aria-label={t("caller.external.title")} onSubmit={submit}>
      <TextInput
        label={t("caller.external.address")}
        placeholder={t("caller.external.example")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        autoFocus
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <PasswordInput
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
        label={t(account ? "caller.external.passwordStays" : "caller.external.password")}
        autoComplete="new-password"
        required={!account}
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className={classes.server}>
        <TextInput
          className={classes.host}
          label={t("caller.external.host")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <NumberInput
          className={classes.port}
          label={t("caller.external.port")}
          placeholder="5222"
          min={1}
          max={65535}
          allowDecimal={false}
          hideControls
          value={port ?? ""}
          onChange={(value) => setPort(value === "" ? null : Number(value))}
        />
      </div>
      {keep.error && <ProblemLine problem={problemOf(keep.error)} />}
      <div className={prefs.row}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        {account && (
          <Button
            variant="default"
            title={t("caller.external.removeAccount")}
            onClick={() => setRemoving(true)}
          >
            {t("remove")}
          </Button>
        )}
        <Button type="submit" loading={keep.isPending}>
          {t("save")}
        </Button>
      </div>
      <Removal
        name={account?.address ?? ""}
        opened={removing}
        remove={deleteAccount}
        onRemoved={onClose}
        onClose={() => setRemoving(false)}
      />
    </form>
  );
}
