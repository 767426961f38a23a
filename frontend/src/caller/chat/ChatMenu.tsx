import { Popover, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { MessageSquare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listChats } from "../../shared/api/chats.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { ChatUnreadValue } from "../../shared/api/types.generated.ts";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useTimeWords } from "../presence/useTimeWords.ts";
import { ExternalPeople } from "./ExternalPeople.tsx";
import { useView } from "../view.tsx";
import classes from "./Chat.module.css";
import { Badge, Unread } from "./Unread.tsx";
import { useChats } from "./useChats.ts";

/** In the title bar: how much waits to be read, and every conversation. */
export function ChatMenu() {
  const chats = useChats();
  return chats ? <Menu chats={chats} /> : null;
}

function Menu({ chats }: { chats: ChatUnreadValue[] }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const kept = useKeptFocus<HTMLDivElement>();
  const count = chats.reduce((sum, one) => sum + one.messages, 0);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(340px, 100vw - 16px)"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.menu}
          aria-haspopup="dialog"
          aria-label={
            count > 0
              ? `${t("caller.chat.messages")}, ${t("caller.chat.unread", { count })}`
              : t("caller.chat.messages")
          }
          title={t("caller.chat.messages")}
          onClick={() => setOpened(!opened)}
        >
          <MessageSquare size={18} aria-hidden />
          <Badge count={count} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown ref={kept} className={classes.chats} aria-label={t("caller.chat.messages")}>
        <Chats unread={count} onChosen={() => setOpened(false)} />
        <ExternalPeople onChosen={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Chats({ unread, onChosen }: { unread: number; onChosen: () => void }) {
  const { t } = useTranslation();
  const { select } = useView();
  const time = useTimeWords();
  const found = useQuery({
    queryKey: ["chats", unread],
    queryFn: ({ signal }) => listChats(signal),
    gcTime: 0,
  });
  if (found.isError) return <ProblemLine problem={problemOf(found.error)} />;
  if (!found.data) return <p className={classes.quiet}>{t("loading")}</p>;
  if (found.data.length === 0) {
    return (
      <p className={classes.quiet} tabIndex={-1} data-autofocus>
        {t("caller.chat.none")}
      </p>
    );
  }
  return (
    <ul className={classes.list}>
      {found.data.map((one) => (
        <li key={one.user}>
          <button
            type="button"
            className={classes.chat}
            onClick={() => {
              select(
                one.external
                  ? { show: "external", id: one.user }
                  : { show: "contact", id: one.user, chat: true },
              );
              onChosen();
            }}
          >
            <span className={classes.who}>{one.displayName}</span>
            <Unread user={one.user} />
            {one.last && <span className={classes.when}>{time(one.last.sent)}</span>}
            <span className={classes.last}>{one.last?.text || one.last?.file?.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
