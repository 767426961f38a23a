import { Button, Group, Modal, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  BackupCheckBody,
  BackupCheckValue,
  BackupCountValue,
  BackupValue,
} from "../../shared/api/types.generated.ts";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Table } from "../list/Table.tsx";
import classes from "./Backups.module.css";

type Props = { of: BackupValue; moment: (at: string) => string; onClose: () => void };

/** Reads a backup whole, says what putting it back would replace, and by which command. */
export function Restore({ of: { name, encrypted }, moment, onClose }: Props) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState("");
  const body: BackupCheckBody = { passphrase: passphrase || null };
  const checking = useMutation({
    mutationFn: () =>
      request<BackupCheckValue>("POST", `/admin/backups/${name}/check`, { body }),
  });
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t("admin.backups.restore.title", { name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        className={classes.restore}
        onSubmit={(event) => {
          event.preventDefault();
          checking.mutate();
        }}
      >
        <p className={classes.told}>{t("admin.backups.restore.help")}</p>
        {encrypted && (
          <PasswordInput
            label={t("admin.backups.settings.passphrase")}
            description={t("admin.backups.restore.ofSettings")}
            maxLength={1000}
            autoComplete="off"
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        )}
        {checking.error && <ProblemLine problem={problemOf(checking.error)} />}
        {checking.data && <Found of={checking.data} moment={moment} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
          {!checking.data && (
            <Button type="submit" loading={checking.isPending} data-autofocus>
              {t("admin.backups.restore.check")}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  );
}

type FoundProps = { of: BackupCheckValue; moment: (at: string) => string };

function Found({ of: found, moment }: FoundProps) {
  const { t } = useTranslation();
  const { version, schema, replaces, files, kept } = found;
  return (
    <div role="status" className={classes.restore}>
      <p className={classes.line}>
        {t("admin.backups.restore.whole", { moment: moment(found.taken), version, schema })}
      </p>
      <Table
        label={t("admin.backups.restore.counts")}
        rows={found.counts.map((count) => ({ ...count, id: count.table }))}
        columns={[
          { label: t("admin.backups.restore.what"), value: (row) => <What of={row} /> },
          {
            label: t("admin.backups.restore.inBackup"),
            value: (row) => row.backup,
            figures: true,
          },
          { label: t("admin.backups.restore.now"), value: (row) => row.now, figures: true },
        ]}
      />
      <p className={classes.told}>{t("admin.backups.restore.replaces", { replaces, files })}</p>
      <p className={classes.told}>{t("admin.backups.restore.kept", { kept })}</p>
      {found.keyMissing && (
        <p className={classes.failure} role="alert">
          {t("admin.backups.restore.keyMissing")} {found.keyMissing}
        </p>
      )}
      <p className={classes.line}>{t("admin.backups.restore.run")}</p>
      <div className={classes.command}>
        {/* What scrolls can be scrolled by keyboard. */}
        <pre tabIndex={0}>{found.command}</pre>
        <CopyText text={found.command} size="xs" />
      </div>
    </div>
  );
}

function What({ of: { table } }: { of: BackupCountValue }) {
  const { t } = useTranslation();
  return <>{t(`admin.backups.restore.tables.${table}` as "admin.backups.restore.tables.link")}</>;
}
