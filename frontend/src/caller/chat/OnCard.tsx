import { Button } from "@mantine/core";
import { MessageSquare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatsValue, PresenceValue } from "../../shared/api/types.generated.ts";
import type { Contact } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useView } from "../view.tsx";
import { useDraft, useOutgoing } from "../writing.tsx";
import { Unread } from "./Unread.tsx";
import { Conversation } from "./Conversation.tsx";

/** On the card of a colleague to whom one may write: the conversation, or the button that opens it. */
export function ChatOnCard({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  // As they were last known: a conversation stays while the connection is lost.
  const chats = useValue<ChatsValue>("chats");
  const presence = useValue<PresenceValue>(`presence/${contact.user ?? ""}`);
  const [draft] = useDraft(`message ${contact.user ?? ""}`);
  const [outgoing] = useOutgoing(contact.user ?? "");
  const begun = draft !== "" || outgoing.length > 0;
  // What was begun stays open once it is sent.
  const [written, setWritten] = useState<string | null>(null);
  if (begun && written !== contact.id) setWritten(contact.id);
  if (!chats || !contact.user || !presence?.chat) return null;
  const open = selection?.show === "contact" && (selection.chat ?? written === contact.id);
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
