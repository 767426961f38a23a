import { useEffect, useRef } from "react";
import { setRead } from "../../shared/api/chats.ts";
import { useUnread } from "./useChats.ts";
import type { Message } from "./messages.ts";

/** What is seen on the screen is read: the server is told, and so are the other windows. */
export function useReading(user: string, messages: readonly Message[]): void {
  const unread = useUnread(user);
  const told = useRef("");
  const last = messages.findLast((one) => one.sender === user)?.id ?? "";
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible" || !document.hasFocus()) return;
      if (unread === 0 || last === "" || told.current === last) return;
      told.current = last;
      setRead(user, last).catch(() => {
        told.current = ""; // the next look tells it
      });
    };
    look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  }, [user, unread, last]);
}
