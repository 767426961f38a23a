import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { importFile, type Kept } from "../api/files.ts";
import { problemOf } from "../api/problem.ts";
import { say } from "../i18n/sentences.ts";
import classes from "./ContactFiles.module.css";
import { ExportButtons } from "./ExportButtons.tsx";
import { FileChoice } from "./FileChoice.tsx";
import { ProblemLine } from "./ProblemLine.tsx";

type Props = {
  title: string;
  kept: Kept;
  /** Whether contacts may be written there. */
  imports?: boolean;
};

/** Contacts out as a file, and vCards in, with what became of each. */
export function ContactFiles({ title, kept, imports = true }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [photos, setPhotos] = useState(false);
  const read = useMutation({
    mutationFn: (file: File) => importFile(file, kept),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["contacts"] }),
  });
  const done = read.data;
  return (
    <section className={classes.files} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.buttons}>
        <ExportButtons what={kept} photos={photos} />
        {imports && (
          <FileChoice
            accept=".vcf,text/vcard"
            inputProps={{ "aria-label": t("files.import") }}
            onChoose={read.mutate}
          >
            {(props) => (
              <Button
                {...props}
                size="compact-sm"
                variant="default"
                loading={read.isPending}
                leftSection={<Upload size={14} aria-hidden />}
              >
                {t("files.import")}
              </Button>
            )}
          </FileChoice>
        )}
        <Checkbox
          size="xs"
          label={t("files.photos")}
          checked={photos}
          onChange={(event) => setPhotos(event.currentTarget.checked)}
        />
      </div>
      {read.error && <ProblemLine problem={problemOf(read.error)} />}
      {done && (
        <div role="status">
          <p className={classes.report}>
            {t("files.done", {
              created: done.created,
              updated: done.updated,
              ignored: done.ignored.length,
            })}
          </p>
          {done.photosLeft > 0 && (
            <p className={classes.report}>{t("files.photosLeft", { number: done.photosLeft })}</p>
          )}
          {done.notKept.length > 0 && (
            <p className={classes.report}>
              {t("files.notKept", { names: done.notKept.join(", ") })}
            </p>
          )}
          <ul className={classes.report}>
            {done.ignored.slice(0, 20).map((one) => (
              <li key={one.place}>
                {t("files.ignored", { place: one.place, why: say({ ...one, words: one.why }) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
