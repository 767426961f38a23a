import { useTranslation } from "react-i18next";
import { sendCallMessage } from "../../shared/api/chats.ts";
import type { Call, Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import type { CallMessageValue } from "../../shared/api/types.generated.ts";
import classes from "./Chat.module.css";
import { Composer } from "./Composer.tsx";
import { MessageLine, OutgoingLine } from "./MessageLine.tsx";
import type { Message } from "./messages.ts";
import { Scroll } from "./Scroll.tsx";
import { useSending } from "./useSending.ts";

type Props = {
  call: Call;
  messages: CallMessageValue[];
  onSent: (message: CallMessageValue) => void;
};

/** What all in a conference write to each other, on the call's row. */
export function CallChat({ call, messages, onSent }: Props) {
  const { t } = useTranslation();
  const me = useValue<Me>("me")?.id;
  const sending = useSending(`call ${call.connection}`, async ({ text, key }) => {
    onSent(await sendCallMessage(call.connection, text, key));
  });
  return (
    <section className={classes.conversation} aria-label={t("caller.chat.conference")}>
      <p className={classes.quiet}>{t("caller.chat.conferenceHelp")}</p>
      <Scroll last={`${messages.at(-1)?.id} ${sending.outgoing.length}`}>
        <ul className={classes.list}>
          {messages.map((one) => (
            <MessageLine
              key={one.id}
              message={plain(one)}
              own={one.sender === me}
              name={one.senderName}
              named
              read={null}
            />
          ))}
          {sending.outgoing
            .filter((one) => !messages.some((message) => message.key === one.key))
            .map((one) => (
              <OutgoingLine
                key={one.key}
                one={one}
                onAgain={() => sending.again(one)}
                onGiveUp={() => sending.giveUp(one)}
              />
            ))}
        </ul>
      </Scroll>
      {call.conference && <Composer to={`call ${call.connection}`} onWrite={sending.write} />}
    </section>
  );
}

function plain({ id, sender, sent, text, key }: CallMessageValue): Message {
  return { id, sender, recipient: "", sent, text, key, file: null, kept: false, delivery: null };
}
