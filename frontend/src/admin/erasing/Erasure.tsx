import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ErasedValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useRefresh } from "../data.ts";
import { Working } from "../working/Working.tsx";
import { type Kind, partsOf, report } from "./report.ts";
import { Rows } from "./Rows.tsx";

type Props = { kind: Kind; of: { id: string; name: string }; place: string; onClose: () => void };

/** Says how much, asks for the name, erases, and has what went told. */
export function Erasure({ kind, of: whole, place, onClose }: Props) {
  const { t } = useTranslation();
  const { go, hold } = useAddress();
  const refresh = useRefresh();
  const [name, setName] = useState("");
  const held = useQuery({
    queryKey: ["erasure", place],
    queryFn: ({ signal }) => request<ErasedValue>("GET", `${place}/erasure`, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const erase = useMutation({
    mutationFn: () => request<ErasedValue>("POST", `${place}/erasure`, { body: { name } }),
    onSuccess: async ({ rows }) => {
      report.set({ kind, name: whole.name, rows });
      hold(null);
      go(kind === "companies" ? { edit: null, company: null } : { edit: null });
      await refresh();
    },
  });
  const busy = erase.isPending;
  return (
    <Modal
      opened
      // What has begun goes on to its end: to leave it would only hide that.
      onClose={() => busy || onClose()}
      title={t(`admin.${kind}.all.eraseTitle`, { name: whole.name })}
      closeButtonProps={{ "aria-label": t("close"), disabled: busy }}
    >
      <p>{t(`admin.${kind}.all.erases`)}</p>
      {held.isPending && <Working words={t("admin.erased.counting")} />}
      {held.error && <ProblemLine problem={problemOf(held.error)} />}
      {held.data && (
        <>
          <p>{t("admin.erased.would")}</p>
          <Rows
            label={t("admin.erased.would")}
            rows={partsOf({ kind, rows: held.data.rows }).gone}
          />
        </>
      )}
      <TextInput
        label={t(`admin.${kind}.all.eraseName`, { name: whole.name })}
        value={name}
        disabled={busy}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {erase.error && <ProblemLine problem={problemOf(erase.error)} />}
      {busy && <Working words={t("admin.erased.erasing")} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" disabled={busy} onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button
          disabled={name.trim() !== whole.name}
          loading={busy}
          onClick={() => erase.mutate()}
        >
          {t(`admin.${kind}.all.erase`)}
        </Button>
      </Group>
    </Modal>
  );
}
