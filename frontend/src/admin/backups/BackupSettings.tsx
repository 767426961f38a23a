import { Button, Checkbox, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  BackupPlaceTestValue,
  BackupSettingsBody,
  BackupSettingsValue,
} from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Backups.module.css";

const KEY = ["backup-settings"];
const PLACE = "/admin/backup-settings";
const OFF = "off";
const USUAL = "02:00";
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
const MOST = 10_000;
type Item = BackupSettingsValue["fixed"][number];
const VARIABLES: Record<Item, string> = {
  at: "TWS_BACKUP_AT",
  keep: "TWS_BACKUP_KEEP",
  copyTo: "TWS_BACKUP_COPY_TO",
  passphrase: "TWS_BACKUP_PASSPHRASE",
};

/** When backups are made, how many are kept, where else, and whether encrypted. */
export function BackupSettings({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: KEY,
    staleTime: 0,
    queryFn: ({ signal }) => request<BackupSettingsValue>("GET", PLACE, { signal }),
  });
  return (
    <section className={classes.panel} aria-label={t("admin.backups.settings.title")}>
      <h3 className={classes.panelTitle}>{t("admin.backups.settings.title")}</h3>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {found.data?.lost && (
        <p className={classes.failure} role="alert">
          {say(found.data.lost)}
        </p>
      )}
      {found.data && (
        <SettingsForm key={found.data.version} of={found.data} onChanged={onChanged} />
      )}
    </section>
  );
}

type FormProps = { of: BackupSettingsValue; onChanged: () => void };

function SettingsForm({ of: settings, onChanged }: FormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [daily, setDaily] = useState(settings.at !== OFF);
  const [at, setAt] = useState(settings.at === OFF ? USUAL : settings.at);
  const [keep, setKeep] = useState<number | string>(settings.keep);
  const [copyTo, setCopyTo] = useState(settings.copyTo ?? "");
  const [encrypt, setEncrypt] = useState(settings.encrypted);
  const [passphrase, setPassphrase] = useState("");
  const fixed = (item: Item) => ({
    disabled: settings.fixed.includes(item),
    description: settings.fixed.includes(item)
      ? t("admin.backups.settings.fixed", { variable: VARIABLES[item] })
      : undefined,
  });
  const body: BackupSettingsBody = {
    version: settings.version,
    at: daily ? at : OFF,
    keep: Number(keep),
    copyTo: copyTo.trim() || null,
    passphrase: secretOf(settings, encrypt, passphrase),
  };
  const setting = useMutation({
    mutationFn: () => request<BackupSettingsValue>("PUT", PLACE, { body }),
    onSuccess: (value) => {
      queries.setQueryData(KEY, value);
      onChanged();
    },
  });
  const testing = useMutation({
    mutationFn: () =>
      request<BackupPlaceTestValue>("POST", `${PLACE}/test`, { body: { copyTo: copyTo.trim() } }),
  });
  const error = setting.error ?? testing.error;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setting.mutate();
      }}
    >
      <Checkbox
        label={t("admin.backups.settings.daily")}
        checked={daily}
        onChange={(event) => setDaily(event.currentTarget.checked)}
        {...fixed("at")}
      />
      {daily && (
        <TextInput
          className={classes.time}
          required
          placeholder={USUAL}
          maxLength={5}
          pattern={TIME}
          label={t("admin.backups.settings.at")}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          disabled={fixed("at").disabled}
        />
      )}
      <NumberInput
        label={t("admin.backups.settings.keep")}
        min={1}
        max={MOST}
        value={keep}
        onChange={setKeep}
        {...fixed("keep")}
      />
      <div className={classes.place}>
        <TextInput
          className={classes.path}
          label={t("admin.backups.settings.copyTo")}
          placeholder="/mnt/backups"
          maxLength={1000}
          spellCheck={false}
          value={copyTo}
          onChange={(event) => {
            setCopyTo(event.currentTarget.value);
            testing.reset();
          }}
          {...fixed("copyTo")}
        />
        <Button
          variant="default"
          disabled={!copyTo.trim()}
          loading={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {t("admin.backups.settings.test")}
        </Button>
      </div>
      {testing.data && (
        <p className={classes.told} role="status">
          {testing.data.wrong ? say(testing.data.wrong) : t("admin.backups.settings.tested")}
        </p>
      )}
      <Checkbox
        label={t("admin.backups.settings.encrypt")}
        checked={encrypt}
        onChange={(event) => setEncrypt(event.currentTarget.checked)}
        {...fixed("passphrase")}
      />
      {encrypt && !fixed("passphrase").disabled && (
        <PasswordInput
          label={t("admin.backups.settings.passphrase")}
          description={t(
            settings.encrypted
              ? "admin.backups.settings.unchanged"
              : "admin.backups.settings.lose",
          )}
          required={!settings.encrypted}
          minLength={12}
          maxLength={1000}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      )}
      {error && <ProblemLine problem={problemOf(error)} />}
      <Button type="submit" loading={setting.isPending}>
        {t("admin.backups.settings.save")}
      </Button>
      {setting.isSuccess && (
        <p className={classes.told} role="status">
          {t("admin.backups.settings.saved")}
        </p>
      )}
    </form>
  );
}

/** null = as it is, empty = none from now on. */
function secretOf(settings: BackupSettingsValue, encrypt: boolean, typed: string): string | null {
  if (settings.fixed.includes("passphrase")) return null;
  if (encrypt) return typed || null;
  return settings.encrypted || settings.lost ? "" : null;
}
