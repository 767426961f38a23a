import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useFieldWords } from "../search/useFieldWords.ts";
import classes from "./Preferences.module.css";

const WINDOWS = ["alerterFields", "queueFields"] as const;

/** Which private fields of the directories are shown of somebody who calls; nothing where there are none. */
export function CallerFieldChoice() {
  const { t } = useTranslation();
  const chosen = usePreferences();
  const choose = useChoose();
  const { directories, words } = useFieldWords();
  // Who waits in a queue is seen by the users of the Alerter only.
  const alerter = useValue<Me>("me")?.applications.includes("TWS Alerter");
  const windows = alerter ? WINDOWS : WINDOWS.filter((name) => name !== "queueFields");
  const labels = [...new Set(directories.flatMap((one) => one.fields))];
  if (labels.length === 0 || !chosen) return null;
  const turn = (name: (typeof WINDOWS)[number], label: string, on: boolean) =>
    choose.mutate((now) => {
      const others = (now?.[name] ?? []).filter((one) => one !== label);
      return { [name]: on ? [...others, label] : others };
    });
  return (
    <>
      {windows.map((name) => (
        <div key={name} role="group" aria-label={t(`caller.alert.${name}`)} className={classes.part}>
          <h3 className={classes.title}>{t(`caller.alert.${name}`)}</h3>
          <div className={classes.days}>
            {labels.map((label) => (
              <Checkbox
                key={label}
                size="xs"
                label={words(label)}
                checked={chosen[name].includes(label)}
                onChange={(event) => turn(name, label, event.currentTarget.checked)}
              />
            ))}
          </div>
        </div>
      ))}
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </>
  );
}
