import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ChatFileValue } from "../../shared/api/types.generated.ts";
import { shortTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import type { Outgoing } from "../writing.tsx";
import classes from "./Chat.module.css";
import { isPicture, type Message, pieces } from "./messages.ts";
import { chatProblem } from "./problem.ts";

type Props = {
  message: Message;
  own: boolean;
  name: string;
  /** Where there are several: who wrote it is seen. */
  named?: boolean;
  read: string | null;
};

export function MessageLine({ message, own, name, named = false, read }: Props) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  return (
    <li
      className={classes.message}
      data-own={own || undefined}
      data-returned={message.delivery === "failed" || undefined}
    >
      {named && !own && (
        <span className={classes.time} aria-hidden>
          {name}
        </span>
      )}
      <div className={classes.bubble}>
        <span className="visually-hidden">{own ? t("caller.chat.you") : name}: </span>
        {message.text && <Words text={message.text} />}
        {message.file && <SentFile file={message.file} />}
      </div>
      <span className={classes.time}>
        <time dateTime={message.sent}>{shortTime(message.sent, culture, timeZone)}</time>
        {!read && message.delivery && <> · {t(`caller.chat.delivery.${message.delivery}`)}</>}
        {read && <> · {t("caller.chat.read", { time: shortTime(read, culture, timeZone) })}</>}
      </span>
    </li>
  );
}

/** Text, never markup; addresses of the web can be opened. */
function Words({ text }: { text: string }) {
  return (
    <span className={classes.words}>
      {pieces(text).map(({ text: words, href }, at) =>
        href === null ? (
          words
        ) : (
          <a key={at} href={href} target="_blank" rel="noopener noreferrer">
            {words}
          </a>
        ),
      )}
    </span>
  );
}

function SentFile({ file }: { file: ChatFileValue }) {
  const size = useSize(file.size);
  return (
    <a className={classes.file} href={file.address} download={file.name}>
      {isPicture(file.type) ? (
        <img className={classes.picture} src={file.address} alt="" loading="lazy" />
      ) : (
        <Download size={16} aria-hidden />
      )}
      <span className={classes.fileName}>{file.name}</span>
      <span className={classes.size}>{size}</span>
    </a>
  );
}

function useSize(bytes: number): string {
  const { t } = useTranslation();
  const { culture } = useCulture();
  const large = bytes >= 1_000_000;
  const number = new Intl.NumberFormat(culture, { maximumFractionDigits: large ? 1 : 0 });
  return large
    ? t("caller.chat.size.MB", { size: number.format(bytes / 1_000_000) })
    : t("caller.chat.size.kB", { size: number.format(Math.max(1, bytes / 1000)) });
}

type OutgoingProps = { one: Outgoing; onAgain: () => void; onGiveUp: () => void };

/** What has not arrived yet, or was refused: nothing that was written is lost. */
export function OutgoingLine({ one, onAgain, onGiveUp }: OutgoingProps) {
  const { t } = useTranslation();
  return (
    <li className={classes.message} data-own data-sending>
      <div className={classes.bubble}>
        <span className={classes.words}>{one.file ? one.file.name : one.text}</span>
      </div>
      {one.problem ? (
        <div className={classes.failed}>
          <ProblemLine problem={one.problem} words={chatProblem(t, one.problem)} />
          <Button size="compact-xs" variant="default" onClick={onAgain}>
            {t("caller.chat.again")}
          </Button>
          <Button size="compact-xs" variant="default" onClick={onGiveUp}>
            {t("caller.chat.giveUp")}
          </Button>
        </div>
      ) : (
        <span className={classes.time} role="status">
          {one.file
            ? t("caller.chat.sendingFile", {
                name: one.file.name,
                percent: Math.floor(one.part * 100),
              })
            : t("caller.chat.sending")}
        </span>
      )}
    </li>
  );
}
