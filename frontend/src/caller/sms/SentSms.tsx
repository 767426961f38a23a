import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { listSms, type Sms } from "../../shared/api/sms.ts";
import type { MySmsValue } from "../../shared/api/types.generated.ts";
import { say } from "../../shared/i18n/sentences.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { timeOf } from "../notes/when.ts";
import classes from "./Sms.module.css";

const MOST = 5;
const MARKS: Record<Sms["state"], typeof Check> = {
  waiting: Clock,
  sending: Clock,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
};

/** The last text messages to a number, each with how far it has come; newest last. */
export function SentSms({ number }: { number: string }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const changed = useValue<MySmsValue>("sms")?.changed ?? "";
  const found = useQuery({
    queryKey: ["sms", number, changed],
    queryFn: ({ signal }) => listSms(number, MOST, signal),
    placeholderData: keepPreviousData,
  });
  const messages = [...(found.data?.messages ?? [])].reverse();
  if (messages.length === 0) return null;
  return (
    <ol className={classes.list} aria-label={t("caller.sms.sent")} aria-live="polite">
      {messages.map((message) => (
        <li key={message.id} className={classes.message}>
          <span className={classes.words}>{message.text}</span>
          <span className={classes.state} data-state={message.state}>
            <time dateTime={message.created}>
              {timeOf(t, message.created, now, culture, timeZone)}
            </time>{" "}
            · <Mark state={message.state} /> {t(`caller.sms.states.${message.state}`)}
          </span>
          {message.template && <span className={classes.why}>{say(message)}</span>}
        </li>
      ))}
    </ol>
  );
}

function Mark({ state }: { state: Sms["state"] }) {
  const Icon = MARKS[state];
  return <Icon size={13} aria-hidden />;
}
