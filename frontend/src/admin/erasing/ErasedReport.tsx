import { Button, Group, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStore } from "../../shared/store.ts";
import { partsOf, report } from "./report.ts";
import { Rows } from "./Rows.tsx";

/** What the last erasure took away; it stays until it is closed. */
export function ErasedReport() {
  const { t } = useTranslation();
  const told = useStore(report);
  const close = () => report.set(null);
  if (!told) return null;
  const { gone, unnamed } = partsOf(told);
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      title={t("admin.erased.title", { name: told.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p>{t("admin.erased.gone")}</p>
      <Rows label={t("admin.erased.gone")} rows={gone} />
      {unnamed.length > 0 && (
        <>
          <p>{t("admin.erased.unnamed")}</p>
          <Rows label={t("admin.erased.unnamed")} rows={unnamed} />
        </>
      )}
      <p>{t("admin.erased.backups")}</p>
      <Group justify="flex-end" mt="md">
        <Button onClick={close} data-autofocus>
          {t("close")}
        </Button>
      </Group>
    </Modal>
  );
}
