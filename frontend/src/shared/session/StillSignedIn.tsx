import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/types.ts";
import { problemWords } from "../i18n/problem.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./StillSignedIn.module.css";

type Props = { problem: Problem; onAgain: () => void; onClose: () => void };

/** Signing out failed. Nobody may leave this machine in the belief that it was done. */
export function StillSignedIn({ problem, onAgain, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.over}>
      <ProblemLine
        problem={problem}
        words={`${t("signIn.stillIn")} ${problemWords(t, problem)}`}
        onClose={onClose}
      />
      <Button className={classes.again} onClick={onAgain}>
        {t("signIn.signOut")}
      </Button>
    </div>
  );
}
