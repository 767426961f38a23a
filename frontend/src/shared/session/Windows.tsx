import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { windowsOffered } from "./session.ts";

/** By the session of Windows, for whom it was not done unasked. */
export function Windows({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  const offered = useQuery({ queryKey: ["windowsOffered"], queryFn: windowsOffered });
  if (!offered.data) return null;
  return (
    <Button variant="default" size="sm" disabled={busy} onClick={onClick}>
      {t("signIn.byWindows")}
    </Button>
  );
}
