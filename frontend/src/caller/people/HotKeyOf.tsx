import { ActionIcon, Menu } from "@mantine/core";
import { Keyboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, ContactNumber } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useChoose } from "../../shared/live/preferences.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { LAST, useHotKeys } from "../preferences/useHotKeys.ts";

/** By which shortcut a number of a card is called, where shortcuts are allowed. */
export function HotKeyOf({ contact, number }: { contact: Contact; number: ContactNumber }) {
  const { t } = useTranslation();
  const allowed = useAuthorised("AuthorizeHotKeys");
  const keys = useHotKeys();
  const choose = useChoose();
  if (!allowed) return null;
  const own = keys.find((one) => one.contact === contact.id && one.number === number.number);
  const give = (key: number | null) =>
    choose.mutate((now) => {
      const others = (now?.hotKeys ?? []).filter(
        (one) =>
          one.key !== key && !(one.contact === contact.id && one.number === number.number),
      );
      const added = key === null ? [] : [{ key, number: number.number, contact: contact.id }];
      return { hotKeys: [...others, ...added] };
    });
  const words = t("caller.hotKeys.of", { name: contact.displayName, number: numberWords(number) });
  return (
    <>
      <Menu position="bottom-end" returnFocus>
        <Menu.Target>
          <ActionIcon
            variant={own ? "light" : "subtle"}
            w={own ? "auto" : undefined}
            px={own ? 6 : 0}
            aria-label={words}
            title={words}
            loading={choose.isPending}
          >
            {own ? <span className="number">{`Ctrl+F${own.key}`}</span> : <Keyboard size={15} />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah="50vh" style={{ overflowY: "auto" }}>
          {Array.from({ length: LAST }, (_, at) => at + 1).map((key) => {
            const other = keys.find((one) => one.key === key);
            return (
              <Menu.Item
                key={key}
                rightSection={other && <small>{other.name ?? other.number}</small>}
                onClick={() => give(key)}
              >
                {`Ctrl+F${key}`}
              </Menu.Item>
            );
          })}
          {own && <Menu.Item onClick={() => give(null)}>{t("caller.hotKeys.none")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {choose.error && <ProblemLine problem={problemOf(choose.error)} onClose={choose.reset} />}
    </>
  );
}
