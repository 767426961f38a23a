import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../shared/api/types.ts";
import { noticeOf } from "../shared/pop/notice.ts";
import { usePreferences } from "../shared/live/preferences.ts";
import { isRinging } from "./calls/group.ts";
import { callName, whyWords } from "./calls/names.ts";
import { useIgnored } from "./calls/ignored.ts";
import { useNotifications } from "./notifications.ts";
import { usePhone } from "./phone/Phone.tsx";
import { usePops } from "./phone/pops.ts";
import { ring } from "./preferences/sounds.ts";
import { useQuiet } from "./preferences/useQuiet.ts";

/** What rings is seen in the page's title; heard, and notified by the computer while the page is hidden,
 * where the user wants it and it is not quiet. */
export function useRingingSigns(): void {
  const { t } = useTranslation();
  const { calls, current } = usePhone();
  const { state } = useNotifications();
  const pops = usePops();
  const shown = useRef(new Map<string, { notification: Notification; said: string }>());
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
    for (const [connection, { notification }] of shown.current) {
      if (rings.has(connection)) continue;
      notification.close();
      shown.current.delete(connection);
    }
    if (quiet || state !== "on" || document.visibilityState === "visible") return;
    for (const call of ringing) {
      const { title, body, icon } = notice(call);
      const said = JSON.stringify([title, body, icon]);
      if (shown.current.get(call.connection)?.said === said) continue;
      // Of the same tag: it takes the place of what was known of the caller before.
      const notification = new Notification(title, {
        body,
        tag: call.connection,
        requireInteraction: true,
        icon,
      });
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
      shown.current.set(call.connection, { notification, said });
    }
  });

  /** What the card says, where it is shown as soon as a call rings; else what is known of the caller. */
  function notice(call: Call) {
    const pop = pops.find((one) => one.due && one.call.connection === call.connection)?.pop;
    const drawn = pop ? noticeOf(pop) : null;
    const plain = [call.parties[0]?.display, ...whyWords(t, call)].filter(Boolean);
    const lines = drawn?.lines.length ? drawn.lines : plain;
    return {
      title: callName(t, call),
      body: lines.join("\n") || t("caller.notify.body"),
      icon: drawn?.icon ?? "/favicon.svg",
    };
  }
}
