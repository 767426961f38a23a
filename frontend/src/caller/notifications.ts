import { useState } from "react";
import { useSetting } from "./settings.ts";

type State = "on" | "off" | "ask" | "denied" | "impossible";

/** Notifications of the computer: the browser's permission and the user's wish together. */
export function useNotifications(): { state: State; turn: (on: boolean) => Promise<void> } {
  const [wish, setWish] = useSetting("notifications");
  const [allowed, setAllowed] = useState(permission);
  const turn = async (on: boolean) => {
    if (on && allowed === "default") setAllowed(await Notification.requestPermission());
    setWish(on ? "on" : "off");
  };
  return { state: stateOf(allowed, wish), turn };
}

function permission(): NotificationPermission | "impossible" {
  return "Notification" in window && window.isSecureContext
    ? Notification.permission
    : "impossible";
}

function stateOf(allowed: ReturnType<typeof permission>, wish: "on" | "off" | "ask"): State {
  if (allowed === "denied" || allowed === "impossible") return allowed;
  if (wish === "on") return allowed === "granted" ? "on" : "ask";
  return wish;
}
