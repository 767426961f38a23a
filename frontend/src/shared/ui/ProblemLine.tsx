import { ActionIcon } from "@mantine/core";
import { CircleAlert, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/types.ts";
import { problemWords, technical } from "../i18n/problem.ts";
import classes from "./ProblemLine.module.css";

type Props = { problem: Problem; words?: string; onClose?: () => void };

/** What went wrong, said where it went wrong; the technical code is one click away. */
export function ProblemLine({ problem, words, onClose }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.line} role="alert">
      <CircleAlert size={16} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {words ?? problemWords(t, problem)}{" "}
        <button
          type="button"
          className={classes.more}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("details")}
        </button>
        {open && (
          <div className={classes.code}>{t("problem.code", { code: technical(problem) })}</div>
        )}
      </div>
      {onClose && (
        <ActionIcon size="sm" onClick={onClose} aria-label={t("close")}>
          <X size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
