import { Button, CloseButton } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { sendFile, sendMessage, tellTyping } from "../../shared/api/chats.ts";
import type { Me } from "../../shared/api/types.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";
import { dayName } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Chat.module.css";
import { Composer } from "./Composer.tsx";
import { MessageLine, OutgoingLine } from "./MessageLine.tsx";
import { byDay, lastRead, type Message } from "./messages.ts";
import { chatProblem } from "./problem.ts";
import { Scroll } from "./Scroll.tsx";
import { useConversation } from "./useConversation.ts";
import { useReading } from "./useReading.ts";
import { useSending } from "./useSending.ts";

type Props = {
  user: string;
  name: string;
  /** Somebody outside has no files. */
  files?: boolean;
  /** Where it is not all that is there. */
  onClose?: () => void;
};

/** What one writes to somebody, and is written: files come by the button, or are dropped here. */
export function Conversation({ user, name, files = true, onClose }: Props) {
  const { t } = useTranslation();
  const current = useCurrent();
  const chat = useConversation(user);
  const sending = useSending(user, async ({ text, file, key }, onPart) => {
    chat.add(await (file ? sendFile(user, file, key, onPart) : sendMessage(user, text, key)));
  });
  const [over, setOver] = useState(false);
  useReading(user, chat.messages);
  const carries = (event: React.DragEvent) =>
    files && current && event.dataTransfer.types.includes("Files");
  return (
    <section
      className={classes.conversation}
      aria-label={t("caller.chat.with", { name })}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(false);
        for (const file of event.dataTransfer.files) sending.send(file);
      }}
    >
      <header className={classes.head}>
        <h3 className={classes.title}>{over ? t("caller.chat.drop") : t("caller.chat.messages")}</h3>
        {onClose && (
          <CloseButton
            size="sm"
            aria-label={t("caller.chat.close")}
            title={t("caller.chat.close")}
            onClick={onClose}
          />
        )}
      </header>
      {!chat.kept && <p className={classes.quiet}>{t("caller.chat.notKept")}</p>}
      {chat.problem && (
        <ProblemLine problem={chat.problem} words={chatProblem(t, chat.problem)} />
      )}
      <Scroll last={`${chat.messages.at(-1)?.id} ${sending.outgoing.length} ${chat.typing}`}>
        {chat.earlier && (
          <Button size="compact-xs" variant="default" onClick={chat.earlier}>
            {t("caller.chat.earlier")}
          </Button>
        )}
        {chat.loaded && chat.messages.length === 0 && sending.outgoing.length === 0 && (
          <p className={classes.quiet}>{t("caller.chat.empty")}</p>
        )}
        <Days messages={chat.messages} name={name} read={chat.read} />
        <ul className={classes.list}>
          {sending.outgoing
            .filter((one) => !chat.messages.some((message) => message.key === one.key))
            .map((one) => (
              <OutgoingLine
                key={one.key}
                one={one}
                onAgain={() => sending.again(one)}
                onGiveUp={() => sending.giveUp(one)}
              />
            ))}
        </ul>
        <p className={classes.typing} role="status">
          {chat.typing && t("caller.chat.typing", { name })}
        </p>
      </Scroll>
      <Composer
        to={user}
        waits={!current}
        onWrite={sending.write}
        {...(files ? { onFile: sending.send } : {})}
        // Nobody waits for it: who cannot be told that one types is told what one writes.
        onType={() => void tellTyping(user).catch(() => undefined)}
      />
    </section>
  );
}

type DaysProps = {
  messages: Message[];
  name: string;
  read: { upto: string; at: string } | null;
};

function Days({ messages, name, read }: DaysProps) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const me = useValue<Me>("me")?.id ?? "";
  const marked = read && lastRead(messages, me, read.upto);
  const words = { today: t("today"), yesterday: t("yesterday") };
  return byDay(messages, timeZone).map((some) => (
    <Fragment key={some[0]?.id}>
      <h4 className={classes.day}>
        {dayName(some[0]?.sent ?? now, now, culture, timeZone, words)}
      </h4>
      <ul className={classes.list}>
        {some.map((one) => (
          <MessageLine
            key={one.id}
            message={one}
            own={one.sender === me}
            name={name}
            read={one.id === marked ? (read?.at ?? null) : null}
          />
        ))}
      </ul>
    </Fragment>
  ));
}
