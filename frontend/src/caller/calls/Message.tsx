import { MessageSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWatched } from "../../shared/live/context.tsx";
import { useChats } from "../chat/useChats.ts";
import { useCallerCard } from "../face/useCallerCard.ts";
import { usePresence } from "../presence/usePresence.ts";
import { useView } from "../view.tsx";
import { Act } from "./Act.tsx";

/** Writes to a colleague who calls, instead of answering, where one may. */
export function Message({ contact }: { contact: string | null }) {
  const { t } = useTranslation();
  const { select } = useView();
  const chats = useChats();
  const user = useCallerCard(contact)?.user ?? null;
  useWatched(user === null ? [] : [user]);
  const presence = usePresence(user);
  if (contact === null || !chats || !presence?.chat) return null;
  return (
    <Act
      icon={MessageSquare}
      words={t("caller.act.message")}
      large
      onAct={() => select({ show: "contact", id: contact, chat: true })}
    />
  );
}
