import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";

const LONGEST = 1000;

type Props = { incidents: string[]; onDone: () => void; onClose: () => void };

/** Says that one knows, and to others what one knows. */
export function Acknowledge({ incidents, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const saying = useMutation({
    mutationFn: () =>
      request("POST", "/admin/incidents/acknowledge", { body: { incidents, note } }),
    onSuccess: onDone,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("admin.incidents.acknowledgeSelected", { count: incidents.length })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          saying.mutate();
        }}
      >
        {saying.error && <ProblemLine problem={problemOf(saying.error)} />}
        <TextInput
          label={t("admin.incidents.note")}
          maxLength={LONGEST}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={saying.isPending}>
            {t("admin.incidents.acknowledge")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
