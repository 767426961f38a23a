import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { TemplateFileValue, TokenValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useRefresh } from "../data.ts";
import { deleteFile } from "../files/files.ts";
import { RemoveQuestion } from "../form/RemoveQuestion.tsx";
import { useForm } from "../form/useForm.ts";
import classes from "./Alerter.module.css";
import { Sample } from "./Sample.tsx";
import { TemplateText } from "./TemplateText.tsx";
import { writeTemplate } from "./templates.ts";
import { Unlisted } from "./Unlisted.tsx";
import { Unknown } from "./Unknown.tsx";
import { useTrial } from "./useTrial.ts";

type Props = {
  company: string;
  /** Undefined: it has never been stored. */
  file: TemplateFileValue | undefined;
  text: string;
  tokens: TokenValue[];
};

export function TemplateEditor({ company, file, text, tokens }: Props) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const refresh = useRefresh();
  const [removing, setRemoving] = useState(false);
  const form = useForm(file?.name ?? t("admin.alerter.unnamed"), { name: file?.name ?? "", text });
  const { trial, tried, change } = useTrial(company, "XML", form.draft.text);
  const mistakes = tried.data?.mistakes ?? [];
  const save = () =>
    form.submit(async () => {
      const { name } = await writeTemplate(company, form.draft.name.trim(), form.draft.text);
      await refresh();
      if (!file) go({ edit: name });
    });
  return (
    <div className={classes.body}>
      <form
        className={classes.column}
        aria-label={file?.name ?? t("admin.alerter.unnamed")}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {!file && (
          <TextInput
            {...form.text("name", {
              label: t("admin.alerter.name"),
              help: t("admin.alerter.nameHelp"),
              required: true,
            })}
            autoComplete="off"
          />
        )}
        <TemplateText
          text={form.draft.text}
          tokens={tokens}
          mistakes={mistakes}
          onChange={(next) => form.set({ text: next })}
        />
        <Unknown names={tried.data?.unknown ?? []} />
        <Unlisted programs={tried.data?.unlisted ?? []} />
        {form.problem && <ProblemLine problem={form.problem} />}
        {tried.error && <ProblemLine problem={problemOf(tried.error)} />}
        <div className={classes.bar}>
          <Button type="submit" size="sm" loading={form.saving} disabled={mistakes.length > 0}>
            {t("save")}
          </Button>
          {file && (
            <Button
              size="sm"
              variant="default"
              disabled={file.chosen > 0}
              onClick={() => setRemoving(true)}
            >
              {t("admin.alerter.remove")}
            </Button>
          )}
          <span role="status" className={classes.quiet}>
            {form.saved
              ? t("admin.form.saved")
              : form.dirty
                ? t("admin.form.unsaved")
                : file && t("admin.alerter.chosen", { count: file.chosen })}
          </span>
        </div>
      </form>
      <Sample trial={trial} tried={tried.data} tokens={tokens} onChange={change} />
      {file && (
        <RemoveQuestion
          name={file.name}
          words={t("admin.alerter.removes")}
          opened={removing}
          onClose={() => setRemoving(false)}
          onRemove={async () => {
            await deleteFile(company, file.name);
            setRemoving(false);
            go({ edit: null });
            await refresh();
          }}
        />
      )}
    </div>
  );
}
