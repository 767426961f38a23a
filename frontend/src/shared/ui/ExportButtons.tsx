import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Exported, exportContacts, type ExportFormat } from "../api/files.ts";
import { problemOf } from "../api/problem.ts";
import { ProblemLine } from "./ProblemLine.tsx";

/** Contacts as a file, in either form; where there is nobody it says so. */
export function ExportButtons({
  what,
  size,
  photos = false,
}: {
  what: Exported;
  size?: "compact-xs";
  photos?: boolean;
}) {
  const { t } = useTranslation();
  const made = useMutation({
    mutationFn: (format: ExportFormat) => exportContacts(format, what, photos),
  });
  return (
    <>
      {(["vcard", "csv"] as const).map((format) => (
        <Button
          key={format}
          size={size ?? "compact-sm"}
          variant="default"
          loading={made.isPending && made.variables === format}
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => made.mutate(format)}
        >
          {t(`files.${format}`)}
        </Button>
      ))}
      <span role="status">{made.data === false && t("files.nobody")}</span>
      {made.error && <ProblemLine problem={problemOf(made.error)} />}
    </>
  );
}
