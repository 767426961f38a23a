import { Button } from "@mantine/core";
import { MessageSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../shared/api/types.ts";
import { usePresence } from "../presence/usePresence.ts";
import { useView } from "../view.tsx";
import { Unread } from "./Unread.tsx";
import { Conversation } from "./Conversation.tsx";
import { useChats } from "./useChats.ts";

/** On the card of a colleague to whom one may write: the conversation, or the button that opens it. */
export function ChatOnCard({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  const chats = useChats();
  const presence = usePresence(contact.user);
  if (!chats || !contact.user || !presence?.chat) return null;
  const open = selection?.show === "contact" && selection.chat === true;
  const turn = (chat: boolean) => select({ show: "contact", id: contact.id, chat });
  const name = contact.firstName || contact.displayName;
  if (open) {
    return (
      <Conversation
        key={contact.user}
        user={contact.user}
        name={name}
        onClose={() => turn(false)}
      />
    );
  }
  return (
    <div>
      <Button
        variant="light"
        leftSection={<MessageSquare size={14} aria-hidden />}
        rightSection={<Unread user={contact.user} />}
        aria-label={t("caller.chat.open", { name: contact.displayName })}
        onClick={() => turn(true)}
      >
        {t("caller.chat.openShort")}
      </Button>
    </div>
  );
}
