import { ActionIcon, Textarea } from "@mantine/core";
import { Paperclip, SendHorizontal } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { FileChoice } from "../../shared/ui/FileChoice.tsx";
import classes from "./Chat.module.css";

const LONGEST = 5000;
/** Milliseconds between two times that the other is told that one types. */
const TYPED_EVERY = 3000;

type Props = {
  onWrite: (text: string) => void;
  onFile?: (file: File) => void;
  /** Not at every key: once in a while. */
  onType?: () => void;
};

export function Composer({ onWrite, onFile, onType }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const typed = useRef(0);
  const send = () => {
    if (text.trim() === "") return;
    onWrite(text.trim());
    setText("");
    typed.current = 0;
  };
  const type = (words: string) => {
    setText(words);
    if (words === "" || Date.now() - typed.current < TYPED_EVERY) return;
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
        disabled={text.trim() === ""}
        aria-label={t("caller.chat.send")}
        title={t("caller.chat.send")}
      >
        <SendHorizontal size={16} />
      </ActionIcon>
    </form>
  );
}
