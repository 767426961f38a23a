import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../shared/live/preferences.ts";
import { isRinging } from "./calls/group.ts";
import { callName, whyWords } from "./calls/names.ts";
import { useIgnored } from "./calls/ignored.ts";
import { useNotifications } from "./notifications.ts";
import { usePhone } from "./phone/Phone.tsx";
import { ring } from "./preferences/sounds.ts";
import { useQuiet } from "./preferences/useQuiet.ts";

/** What rings is seen in the page's title; heard, and notified by the computer while the page is hidden,
 * where the user wants it and it is not quiet. */
export function useRingingSigns(): void {
  const { t } = useTranslation();
  const { calls, current } = usePhone();
  const { state } = useNotifications();
  const shown = useRef(new Map<string, Notification>());
  const ringing = current ? calls.filter(isRinging) : [];
  const quiet = useQuiet() !== null;
  const ignored = useIgnored();
  const sound = usePreferences()?.sound ?? "off";
  const heard = !quiet && ringing.some((call) => !ignored.has(call.connection));
  const first = ringing[0];
  const name = first ? callName(t, first) : null;

  useEffect(() => {
    document.title = name === null ? t("caller.title") : t("caller.ringingTitle", { name });
  }, [name, t]);

  useEffect(() => (heard ? ring(sound) : undefined), [heard, sound]);

  useEffect(() => {
    const rings = new Set(ringing.map((call) => call.connection));
    for (const [connection, notification] of shown.current) {
      if (rings.has(connection)) continue;
      notification.close();
      shown.current.delete(connection);
    }
    if (quiet || state !== "on" || document.visibilityState === "visible") return;
    for (const call of ringing) {
      if (shown.current.has(call.connection)) continue;
      const display = call.parties[0]?.display;
      const lines = [display, ...whyWords(t, call)].filter(Boolean);
      const notification = new Notification(callName(t, call), {
        body: lines.join("\n") || t("caller.notify.body"),
        tag: call.connection,
        requireInteraction: true,
        icon: "/favicon.svg",
      });
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
      shown.current.set(call.connection, notification);
    }
  });
}
