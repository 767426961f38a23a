import { Button, Group, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useRefresh } from "../data.ts";

type Props = {
  name: string;
  words: string;
  opened: boolean;
  onClose: () => void;
  onRemove: () => Promise<void>;
};

/** Asks before anything is destroyed, and says how much is. */
export function RemoveQuestion({ name, words, opened, onClose, onRemove }: Props) {
  const { t } = useTranslation();
  const { go, hold } = useAddress();
  const refresh = useRefresh();
  const remove = useMutation({
    mutationFn: onRemove,
    onSuccess: async () => {
      hold(null);
      go({ edit: null });
      await refresh();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("admin.form.removeTitle", { name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p>
        {words} {t("admin.form.removeForGood")}
      </p>
      {remove.error && <ProblemLine problem={problemOf(remove.error)} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("remove")}
        </Button>
      </Group>
    </Modal>
  );
}
