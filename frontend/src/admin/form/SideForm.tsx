import { Button, CloseButton } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { RemoveQuestion } from "./RemoveQuestion.tsx";
import classes from "./SideForm.module.css";
import type { Form } from "./useForm.ts";

type Props<D> = {
  title: string;
  form: Form<D>;
  /** Writes the draft; `over` = the version of somebody else's change to write over. */
  save?: (over?: number) => Promise<void>;
  /** Loads what is stored now. */
  reload?: () => Promise<void>;
  /** The problem with the name that its field has here. */
  named?: (problem: Problem) => Problem;
  removal?: { words: string; remove: () => Promise<void> } | undefined;
  children: ReactNode;
};

/** The form at the side of a list: saves, says what clashes, deletes after a question. */
export function SideForm<D>({ title, form, save, reload, named, removal, children }: Props<D>) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const [removing, setRemoving] = useState(false);
  const { problem, saving, saved, dirty } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (save) void form.submit(() => save());
  };
  const close = () => go({ edit: null });
  return (
    <form
      className={classes.form}
      aria-label={title}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented && !isOpen(event.target)) close();
      }}
    >
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <CloseButton size="sm" aria-label={t("close")} onClick={close} />
      </header>
      <div className={classes.fields}>{children}</div>
      <div className={classes.bottom}>
        {problem && problem.code === "conflict" && problem.version !== undefined && (
          <div className={classes.clash} role="alert">
            <p>{t("admin.form.changed")}</p>
            <Button
              variant="default"
              onClick={() => {
                form.forget();
                void reload?.();
              }}
            >
              {t("admin.form.reload")}
            </Button>{" "}
            <Button
              variant="default"
              onClick={() => save && void form.submit(() => save(Number(problem.version)))}
            >
              {t("admin.form.overwrite")}
            </Button>
          </div>
        )}
        {problem && !(problem.code === "conflict" && problem.version !== undefined) && (
          <ProblemLine problem={named ? named(problem) : problem} />
        )}
        <footer className={classes.foot}>
          {save && (
            <Button type="submit" size="sm" loading={saving} disabled={!dirty}>
              {t("save")}
            </Button>
          )}
          <span role="status" className={classes.note}>
            {saved ? t("admin.form.saved") : dirty ? t("admin.form.unsaved") : ""}
          </span>
          {removal && (
            <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
              {t("remove")}
            </Button>
          )}
        </footer>
      </div>
      {removal && (
        <RemoveQuestion
          name={title}
          words={removal.words}
          opened={removing}
          onClose={() => setRemoving(false)}
          onRemove={removal.remove}
        />
      )}
    </form>
  );
}

/** Whether a list of choices stands open under it: then that is what Escape closes. */
function isOpen(field: EventTarget): boolean {
  return field instanceof Element && field.matches("[aria-haspopup=listbox][data-expanded]");
}
