import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ErasedValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useRefresh } from "../data.ts";
import { useSuperUser } from "../self.ts";
import classes from "../../shared/account/Account.module.css";

type Props = { kind: "companies" | "users"; of: { id: string; name: string } };

/** All that is of a company or a person: as a file, and taken away for ever by who writes the name. */
export function AllData({ kind, of: whole }: Props) {
  const { t } = useTranslation();
  const { go, hold } = useAddress();
  const refresh = useRefresh();
  const may = useSuperUser() || kind === "users";
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  const place = `/admin/${kind}/${encodeURIComponent(whole.id)}`;
  const erase = useMutation({
    mutationFn: () => request<ErasedValue>("POST", `${place}/erasure`, { body: { name } }),
    onSuccess: async () => {
      hold(null);
      go(kind === "companies" ? { edit: null, company: null } : { edit: null });
      await refresh();
    },
  });
  return (
    <section aria-label={t(`admin.${kind}.all.data`)}>
      <p className={classes.help}>{t(`admin.${kind}.all.dataHelp`)}</p>
      <Group>
        <Button
          component="a"
          href={`/api/v1${place}/export`}
          download
          variant="default"
          leftSection={<Download size={14} aria-hidden />}
        >
          {t(`admin.${kind}.all.export`)}
        </Button>
        {may && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t(`admin.${kind}.all.erase`)}
          </Button>
        )}
      </Group>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(`admin.${kind}.all.eraseTitle`, { name: whole.name })}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <p>{t(`admin.${kind}.all.erases`)}</p>
        <TextInput
          label={t(`admin.${kind}.all.eraseName`, { name: whole.name })}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {erase.error && <ProblemLine problem={problemOf(erase.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("cancel")}
          </Button>
          <Button
            disabled={name.trim() !== whole.name}
            loading={erase.isPending}
            onClick={() => erase.mutate()}
          >
            {t(`admin.${kind}.all.erase`)}
          </Button>
        </Group>
      </Modal>
    </section>
  );
}
