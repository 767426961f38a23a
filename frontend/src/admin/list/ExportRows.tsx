import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { saveFile } from "../../shared/api/saveFile.ts";
import { useAddress } from "../address/context.tsx";
import { csv } from "./csv.ts";
import type { ListColumn } from "./Table.tsx";

/** What the list shows as a file, all of its lines and columns. */
export function ExportRows<R>({ rows, columns }: { rows: R[]; columns: ListColumn<R>[] }) {
  const { t } = useTranslation();
  const { address } = useAddress();
  const save = () =>
    saveFile(`tws-${address.page}.csv`, new Blob([csv(rows, columns)], { type: "text/csv" }));
  return (
    <Button
      variant="default"
      disabled={rows.length === 0}
      leftSection={<Download size={14} aria-hidden />}
      onClick={save}
    >
      {t("admin.list.export")}
    </Button>
  );
}
