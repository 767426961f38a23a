import { Autocomplete, Button, Progress } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Trash2, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { fullTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useCompany, useRefresh } from "../data.ts";
import own from "./FileField.module.css";
import { deleteFile, listFiles, sendFile, sizeWords } from "./files.ts";

type Props = {
  label: string;
  /** The label is only for those who cannot see what is around it. */
  unseen?: boolean;
  deletable?: boolean;
  value: string;
  help?: string | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
};

/** A file of the company: one that is there, or one that is sent now. */
export function FileField({ label, unseen, deletable, value, help, error, onChange }: Props) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const company = useCompany() ?? "";
  const refresh = useRefresh();
  const [part, setPart] = useState<number | null>(null);
  const files = useQuery({
    queryKey: ["admin", "files", company],
    queryFn: () => listFiles(company),
    enabled: company !== "",
  });
  const sending = useMutation({
    mutationFn: (file: File) => sendFile(company, file, setPart),
    onSuccess: async (sent) => {
      onChange(sent.name);
      await refresh();
    },
    onSettled: () => setPart(null),
  });
  const removing = useMutation({
    mutationFn: (name: string) => deleteFile(company, name),
    onSuccess: refresh,
  });
  const chosen = files.data?.find((file) => file.name === value);
  const failed = sending.error ?? removing.error;
  return (
    <div className={own.file}>
      <Autocomplete
        {...(unseen ? { "aria-label": label } : { label })}
        description={help}
        error={error}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="off"
        spellCheck={false}
        data={(files.data ?? []).map((file) => file.name)}
        value={value}
        onChange={onChange}
      />
      {chosen && (
        <p className={own.about}>
          {t("admin.directories.files.about", {
            size: sizeWords(chosen.size, culture),
            at: fullTime(chosen.changed, culture, timeZone),
          })}{" "}
          {chosen.directories.length > 0 &&
            t("admin.directories.files.used", {
              names: chosen.directories.map(({ name }) => name).join(", "),
            })}
        </p>
      )}
      <div className={own.actions}>
        <FileChoice onChoose={sending.mutate}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<Upload size={14} aria-hidden />}
              disabled={sending.isPending || company === ""}
            >
              {t("admin.directories.files.send")}
            </Button>
          )}
        </FileChoice>
        {deletable && chosen?.directories.length === 0 && (
          <Button
            variant="default"
            leftSection={<Trash2 size={14} aria-hidden />}
            loading={removing.isPending}
            onClick={() => removing.mutate(chosen.name)}
          >
            {t("admin.directories.files.remove")}
          </Button>
        )}
      </div>
      {part !== null && (
        <Progress value={part * 100} aria-label={t("admin.directories.files.sending")} />
      )}
      {failed && <ProblemLine problem={problemOf(failed)} />}
    </div>
  );
}
