import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../shared/api/types.ts";
import { noticeOf } from "../shared/pop/notice.ts";
import { usePreferences } from "../shared/live/preferences.ts";
import { isRinging } from "./calls/group.ts";
import { callName, whyWords } from "./calls/names.ts";
import { useIgnored } from "./calls/ignored.ts";
import { closeByWorker, showByWorker } from "./desktop/notice.ts";
import { useNotifications } from "./notifications.ts";
import { usePhone } from "./phone/Phone.tsx";
import { usePops } from "./phone/pops.ts";
import { ring } from "./preferences/sounds.ts";
import { useQuiet } from "./preferences/useQuiet.ts";
import { useSetting } from "./settings.ts";

/** What rings is seen in the page's title; heard, and notified by the computer while the page is hidden,
 * where the user wants it and it is not quiet. */
export function useRingingSigns(): void {
  const { t } = useTranslation();
  const { calls, current } = usePhone();
  const { state } = useNotifications();
  const pops = usePops();
  const [push] = useSetting("push");
  const shown = useRef(new Map<string, { close: () => void; said: string }>());
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
    for (const [connection, { close }] of shown.current) {
      if (rings.has(connection)) continue;
      close();
      shown.current.delete(connection);
    }
    if (quiet || state !== "on" || document.visibilityState === "visible") return;
    for (const call of ringing) {
      const { title, body, icon } = notice(call);
      const said = JSON.stringify([title, body, icon]);
      const before = shown.current.get(call.connection);
      if (before?.said === said) continue;
      const options = { body, tag: call.connection, requireInteraction: true, icon };
      if (push !== "") {
        // It is pushed, too: whichever comes first.
        if (!before) showByWorker(call.connection, title, options);
        const close = () => closeByWorker(call.connection);
        shown.current.set(call.connection, { close, said });
        continue;
      }
      // Of the same tag: it takes the place of what was known of the caller before.
      const notification = new Notification(title, options);
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
      shown.current.set(call.connection, { close: () => notification.close(), said });
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
