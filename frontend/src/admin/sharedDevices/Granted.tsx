import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";

type Props = { kind: "queue" | "intercomGroup"; row: { id: string; name: string } };

/** To the page where people are authorised on it. */
export function Granted({ kind, row }: Props) {
  const { t } = useTranslation();
  const { go } = useAddress();
  return (
    <Button
      variant="default"
      onClick={() =>
        go({ page: "authorisations", edit: null, filters: { kind, object: row.id } })
      }
    >
      {t("admin.authorisations.on", { name: row.name })}
    </Button>
  );
}
