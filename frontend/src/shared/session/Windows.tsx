import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Kind, windowsOffered } from "./session.ts";

type Props = { kind: Kind; busy: boolean; onClick: () => void };

/** By the session of Windows, for whom it was not done unasked. */
export function Windows({ kind, busy, onClick }: Props) {
  const { t } = useTranslation();
  const offered = useQuery({ queryKey: ["windowsOffered", kind], queryFn: () => windowsOffered(kind) });
  if (!offered.data) return null;
  return (
    <Button variant="default" size="sm" disabled={busy} onClick={onClick}>
      {t("signIn.byWindows")}
    </Button>
  );
}
