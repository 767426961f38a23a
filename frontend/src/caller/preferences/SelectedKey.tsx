import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { useLateWords } from "../../shared/i18n/late.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { HELPER } from "../words/helper.ts";
import { combination } from "./combination.ts";

/** Which key calls what is selected: pressed in this field, it is chosen. */
export function SelectedKey() {
  const { t } = useTranslation();
  const keys = usePreferences()?.selectedKeys ?? "";
  const choose = useChoose();
  if (!useLateWords(HELPER)) return null;
  return (
    <div>
      <TextInput
        label={t("helper.key")}
        description={t("helper.keyHelp")}
        readOnly
        value={keys}
        onKeyDown={(event) => {
          const pressed = combination(event);
          if (pressed === null) return;
          event.preventDefault();
          event.nativeEvent.stopImmediatePropagation();
          if (pressed !== keys) choose.mutate(() => ({ selectedKeys: pressed }));
        }}
      />
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </div>
  );
}
