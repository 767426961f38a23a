import { NativeSelect } from "@mantine/core";
import { Keyboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, ContactNumber } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useChoose } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { LAST, useHotKeys } from "../preferences/useHotKeys.ts";
import classes from "./Card.module.css";

const NONE = "";

/** By which shortcut a number of a card is called, where shortcuts are allowed. */
export function HotKeyOf({ contact, number }: { contact: Contact; number: ContactNumber }) {
  const { t } = useTranslation();
  const allowed = useAuthorised("AuthorizeHotKeys");
  const keys = useHotKeys();
  const choose = useChoose();
  if (!allowed) return null;
  const isThis = (one: { contact?: string | null; number: string }) =>
    one.contact === contact.id && one.number === number.number;
  const own = keys.find(isThis);
  const give = (key: number | null) =>
    choose.mutate((now) => {
      const others = (now?.hotKeys ?? []).filter((one) => one.key !== key && !isThis(one));
      const added = key === null ? [] : [{ key, number: number.number, contact: contact.id }];
      return { hotKeys: [...others, ...added] };
    });
  const words = (key: number) => {
    const other = keys.find((one) => one.key === key && !isThis(one));
    return other ? `Ctrl+F${key} (${other.name ?? other.number})` : `Ctrl+F${key}`;
  };
  return (
    <>
      <NativeSelect
        size="xs"
        className={classes.hotKey}
        data-given={own !== undefined || undefined}
        title={t("caller.hotKeys.short")}
        {...(own ? {} : { leftSection: <Keyboard size={15} aria-hidden />, rightSection: <span /> })}
        aria-label={t("caller.hotKeys.of", {
          name: contact.displayName,
          number: numberWords(number),
        })}
        data={[
          { value: NONE, label: t(own ? "caller.hotKeys.none" : "caller.hotKeys.short") },
          ...Array.from({ length: LAST }, (_, at) => ({
            value: String(at + 1),
            label: words(at + 1),
          })),
        ]}
        value={own ? String(own.key) : NONE}
        onChange={(event) => {
          const { value } = event.currentTarget;
          give(value === NONE ? null : Number(value));
        }}
      />
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </>
  );
}
