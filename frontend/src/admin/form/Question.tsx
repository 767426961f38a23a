import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

type Props = {
  title: string;
  words: string;
  submit: string;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
};

/** Asks before something that cannot be undone, and says what it does. */
export function Question({ title, words, submit, busy, onYes, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p>{words}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button loading={busy} onClick={onYes}>
          {submit}
        </Button>
      </Group>
    </Modal>
  );
}
