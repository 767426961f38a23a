import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { hasPasskeys } from "../account/passkey.ts";
import { type Kind, passkeysOffered } from "./session.ts";

type Props = { kind: Kind; busy: boolean; onClick: () => void };

/** By a passkey, where somebody has one for this page. */
export function Passkey({ kind, busy, onClick }: Props) {
  const { t } = useTranslation();
  const offered = useQuery({
    queryKey: ["passkeysOffered", kind],
    queryFn: () => passkeysOffered(kind),
    enabled: hasPasskeys(),
    retry: false,
    // Whoever signs out may have made the first.
    refetchOnMount: "always",
  });
  if (!offered.data) return null;
  return (
    <Button variant="default" size="sm" disabled={busy} onClick={onClick}>
      {t("signIn.byPasskey")}
    </Button>
  );
}
