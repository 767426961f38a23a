import { useTranslation } from "react-i18next";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useChoose, usePreferences } from "../../shared/live/preferences.ts";
import { RemovableRow, RemovableRows } from "../../shared/ui/RemovableRow.tsx";
import { Choose } from "./Choose.tsx";
import classes from "./Preferences.module.css";
import { SelectedKey } from "./SelectedKey.tsx";
import { type HotKey, useHotKeys } from "./useHotKeys.ts";

/** The shortcuts that call somebody: those that were chosen on cards, and the one for what is selected. */
export function HotKeys() {
  const { t } = useTranslation();
  const chosen = useAuthorised("AuthorizeHotKeys");
  const selected = useAuthorised("AuthorizeHotKeysExe");
  const keys = useHotKeys();
  const preferences = usePreferences();
  const selectedKeys = preferences?.selectedKeys ?? "";
  if (!chosen && !selected) return null;
  return (
    <section aria-label={t("caller.hotKeys.title")} className={classes.part}>
      <h4 className={classes.title}>{t("caller.hotKeys.title")}</h4>
      {chosen && <p className={classes.help}>{t("caller.hotKeys.help")}</p>}
      {keys.length > 0 && (
        <RemovableRows>
          {keys.map((key) => (
            <Line key={key.key} of={key} />
          ))}
        </RemovableRows>
      )}
      {selected && (
        <>
          <Choose
            name="selectedByKey"
            label={t("caller.hotKeys.selected", { keys: selectedKeys })}
            help={t("caller.hotKeys.selectedHelp")}
          />
          {preferences?.selectedByKey && <SelectedKey />}
        </>
      )}
    </section>
  );
}

function Line({ of: key }: { of: HotKey }) {
  const { t } = useTranslation();
  const choose = useChoose();
  const keys = `Ctrl+F${key.key}`;
  return (
    <RemovableRow
      name={`${keys} ${key.name ?? ""}`.trim()}
      facts={[key.number]}
      words={{
        remove: t("caller.hotKeys.remove"),
        removeOf: t("caller.hotKeys.removeOf", { keys }),
        removes: t("caller.hotKeys.removes"),
        yes: t("caller.hotKeys.removeYes"),
      }}
      onRemove={() =>
        choose.mutateAsync((now) => ({
          hotKeys: (now?.hotKeys ?? []).filter((one) => one.key !== key.key),
        }))
      }
      onRemoved={async () => undefined}
    />
  );
}
