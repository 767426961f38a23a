import { ActionIcon, CloseButton, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../shared/api/key.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { sendSms } from "../../shared/api/sms.ts";
import type { MySmsValue } from "../../shared/api/types.generated.ts";
import type { Contact, ContactNumber } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useDraft } from "../writing.tsx";
import { counted } from "./segments.ts";
import classes from "./Sms.module.css";
import { SentSms } from "./SentSms.tsx";

type Props = { contact: Contact; number: ContactNumber; onClose: () => void };

/** A text message to a mobile, with what was sent there before. */
export function SmsComposer({ contact, number, onClose }: Props) {
  const { t } = useTranslation();
  const sms = useValue<MySmsValue>("sms");
  const [text, setText] = useDraft(`sms ${contact.id} ${number.number}`);
  // What is sent again after an answer was lost must not go twice.
  const given = useRef({ text: "", key: "" });
  const send = useMutation({
    mutationFn: (words: string) => {
      if (given.current.text !== words) given.current = { text: words, key: newKey() };
      const { key } = given.current;
      return sendSms({ contact: contact.id, number: number.number, text: words, key });
    },
    onSuccess: () => {
      given.current = { text: "", key: "" };
      setText("");
    },
  });
  if (!sms) return null;
  const size = counted(text);
  const tooLong = size.parts > sms.mostParts;
  const empty = text.trim() === "";
  const name = contact.displayName;
  return (
    <section className={classes.composer} aria-label={t("caller.sms.to", { name })}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t("caller.sms.to", { name })}</h3>
        <CloseButton
          size="sm"
          aria-label={t("caller.sms.close")}
          title={t("caller.sms.close")}
          onClick={onClose}
        />
      </div>
      <SentSms number={number.number} />
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty && !tooLong && !send.isPending) send.mutate(text.trim());
        }}
      >
        <Textarea
          className={classes.text}
          aria-label={t("caller.sms.text")}
          aria-describedby="sms-size"
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
          autoFocus
          error={tooLong}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ActionIcon
          type="submit"
          size="lg"
          variant="filled"
          loading={send.isPending}
          disabled={empty || tooLong}
          aria-label={t("caller.sms.send")}
          title={t("caller.sms.send")}
        >
          <SendHorizontal size={16} />
        </ActionIcon>
      </form>
      <p id="sms-size" className={classes.size} data-wrong={tooLong || undefined}>
        {t("caller.sms.size", { count: size.parts, left: size.left })}
        {tooLong && ` ${t("caller.sms.tooLong", { count: sms.mostParts })}`}
        {size.others.length > 0 &&
          ` ${t("caller.sms.others", { signs: size.others.slice(0, 5).join(" ") })}`}
      </p>
      {send.error && <ProblemLine problem={problemOf(send.error)} onClose={send.reset} />}
    </section>
  );
}
