import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { NewApiKeyValue } from "../../shared/api/types.generated.ts";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import classes from "./Preferences.module.css";

/** A key that was just made: the only time that it is told. */
export function ApiKeySecret({ made, onClose }: { made: NewApiKeyValue; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.password} role="group" aria-label={made.key.label}>
      <TextInput
        label={t("caller.prefs.apiKeyOnce", { label: made.key.label })}
        readOnly
        autoFocus
        value={made.secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes.row}>
        <CopyText text={made.secret} size="xs" />
        <Button onClick={onClose}>{t("caller.prefs.apiKeyDone")}</Button>
      </div>
    </div>
  );
}
