import { ActionIcon, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { download } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { saveFile } from "../../shared/api/saveFile.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { FILTERS, type Kind } from "./log.ts";

type Props = { user: string; kind: Kind; text: string };

/** The calls that are listed, as a file. */
export function ExportLog({ user, kind, text }: Props) {
  const { t, i18n } = useTranslation();
  const made = useMutation({
    mutationFn: async (format: "xlsx" | "csv") => {
      const culture = i18n.language.startsWith("fr") ? "fr" : "en";
      const query = { ...FILTERS[kind], text, user: user || null, format, culture };
      const file = await download("/call-log/file", query);
      if (file) saveFile(`${t("caller.journal.fileName")}.${format}`, file);
    },
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            aria-label={t("caller.journal.export")}
            title={t("caller.journal.export")}
            loading={made.isPending}
          >
            <Download size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(["xlsx", "csv"] as const).map((format) => (
            <Menu.Item key={format} onClick={() => made.mutate(format)}>
              {t(`caller.journal.file.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {made.error && <ProblemLine problem={problemOf(made.error)} onClose={() => made.reset()} />}
    </>
  );
}
