import { useCallback } from "react";
import type { Me } from "../../shared/api/types.ts";
import type { ExternalValue } from "../../shared/api/types.generated.ts";
import { useKnown, useMoments, useValue } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { useNotifications } from "../notifications.ts";
import { useView } from "../view.tsx";
import type { Message } from "./messages.ts";

/** A message that comes while the page is hidden is a notification of the computer. */
export function useChatSigns(): void {
  const me = useValue<Me>("me")?.id;
  const { state } = useNotifications();
  const { select } = useView();
  const known = useKnown();
  const hear = useCallback(
    (moment: Moment) => {
      if (moment.kind !== "chat" || state !== "on" || document.visibilityState === "visible") return;
      const message = moment["message"] as Message;
      if (message.sender === me) return;
      const notification = new Notification(String(moment["senderName"]), {
        body: message.text || (message.file?.name ?? ""),
        tag: `chat ${message.sender}`,
        icon: "/favicon.svg",
      });
      notification.onclick = () => {
        window.focus();
        const outside = known()["external"] as ExternalValue | undefined;
        if (outside?.contacts.some((one) => one.id === message.sender))
          select({ show: "external", id: message.sender });
        else select({ show: "contact", id: message.sender, chat: true });
        notification.close();
      };
    },
    [me, state, select, known],
  );
  useMoments(hear);
}
