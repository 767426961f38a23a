import { ActionIcon, Textarea } from "@mantine/core";
import { Paperclip, SendHorizontal } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import { useDraft } from "../writing.tsx";
import classes from "./Chat.module.css";

const LONGEST = 5000;
/** Milliseconds between two times that the other is told that one types. */
const TYPED_EVERY = 3000;

type Props = {
  /** For whom it is: what is written stays while one looks elsewhere. */
  to: string;
  /** Nothing can be sent now; what is written stays. */
  waits?: boolean;
  onWrite: (text: string) => void;
  onFile?: (file: File) => void;
  /** Not at every key: once in a while. */
  onType?: () => void;
};

export function Composer({ to, waits = false, onWrite, onFile, onType }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useDraft(`message ${to}`);
  const typed = useRef(0);
  const send = () => {
    if (waits || text.trim() === "") return;
    onWrite(text.trim());
    setText("");
    typed.current = 0;
  };
  const type = (words: string) => {
    setText(words);
    if (waits || words === "" || Date.now() - typed.current < TYPED_EVERY) return;
    typed.current = Date.now();
    onType?.();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {onFile && (
        <FileChoice onChoose={onFile} inputProps={{ "aria-label": t("caller.chat.file") }}>
          {(props) => (
            <ActionIcon
              {...props}
              disabled={waits}
              size="lg"
              aria-label={t("caller.chat.file")}
              title={t("caller.chat.file")}
            >
              <Paperclip size={16} />
            </ActionIcon>
          )}
        </FileChoice>
      )}
      <Textarea
        className={classes.text}
        aria-label={t("caller.chat.text")}
        placeholder={t("caller.chat.placeholder")}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={LONGEST}
        data-autofocus
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <ActionIcon
        type="submit"
        size="lg"
        variant="filled"
        disabled={waits || text.trim() === ""}
        aria-label={t("caller.chat.send")}
        title={t("caller.chat.send")}
      >
        <SendHorizontal size={16} />
      </ActionIcon>
    </form>
  );
}
