import { useEffect, useRef } from "react";
import type { PopValue } from "../shared/api/types.generated.ts";
import type { Call } from "../shared/api/types.ts";
import { useValues } from "../shared/live/context.tsx";
import { usePreferences } from "../shared/live/preferences.ts";
import { isRinging } from "./calls/group.ts";
import { usePhone } from "./phone/Phone.tsx";
import { useView } from "./view.tsx";
import { useWritesOnCard } from "./writing.tsx";

/** Shows the card of whoever calls, when the user wants it; a form that is being filled in stays, and
 * so does a card on which something is being written. Where the Alerter has a window for the call, that
 * is the card: both would say the same beside each other. */
export function useScreenPop(): void {
  const { calls, current } = usePhone();
  const { selection, select } = useView();
  const when = usePreferences()?.screenPop;
  const pops = useValues<PopValue>("pop");
  const writes = useWritesOnCard();
  const shown = useRef(new Set<string>());
  const rang = useRef(new Set<string>());

  useEffect(() => {
    if (!current) return;
    for (const call of calls) if (isRinging(call)) rang.current.add(call.connection);
    for (const known of [rang.current, shown.current]) {
      for (const connection of known)
        if (!calls.some((call) => call.connection === connection)) known.delete(connection);
    }
    const due = calls.find((call) => isDue(call) && !shown.current.has(call.connection));
    const contact = due?.parties.length === 1 ? due.parties[0]?.contact : null;
    if (!due || !contact) return;
    shown.current.add(due.connection);
    if (selection !== null && (selection.show !== "contact" || writes())) return;
    select({ show: "contact", id: contact });
  });

  function isDue(call: Call): boolean {
    if (pops.some(({ connection }) => connection === call.connection)) return false;
    if (when === "ringing") return isRinging(call);
    return when === "answered" && call.state === "connected" && rang.current.has(call.connection);
  }
}
