import { Switch } from "@mantine/core";
import { problemOf } from "../../shared/api/problem.ts";
import { type Preferences, useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";

/** The choices that are a mere yes or no. */
type Name = {
  [K in keyof Preferences]: Preferences[K] extends boolean ? K : never;
}[keyof Preferences];

/** One of them, chosen by a switch. */
export function Choose({ name, label, help }: { name: Name; label: string; help?: string }) {
  const chosen = usePreferences();
  const choose = useChoose();
  return (
    <div>
      <Switch
        size="sm"
        label={label}
        description={help}
        disabled={chosen === null}
        checked={chosen?.[name] ?? false}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          choose.mutate(() => ({ [name]: wanted }));
        }}
      />
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </div>
  );
}
