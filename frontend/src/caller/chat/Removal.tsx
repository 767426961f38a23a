import { Button, Group, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";

type Props = {
  name: string;
  opened: boolean;
  remove: () => Promise<void>;
  onRemoved: () => void;
  onClose: () => void;
};

/** With somebody, or with the account, go messages for good: it is asked once more. */
export function Removal({ name, opened, remove, onRemoved, onClose }: Props) {
  const { t } = useTranslation();
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      onClose();
      onRemoved();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("caller.external.sure", { name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {removal.error && <ProblemLine problem={problemOf(removal.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button loading={removal.isPending} onClick={() => removal.mutate()}>
          {t("remove")}
        </Button>
      </Group>
    </Modal>
  );
}
