import { usePreferences } from "../../shared/live/preferences.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { isWithin } from "../../shared/time/quiet.ts";

const LOOK_AGAIN = 15_000;

/** Why nothing is heard or notified now: it was switched off, or it is the hour for it. */
export function useQuiet(): "switch" | "hours" | null {
  const chosen = usePreferences();
  const { timeZone } = useCulture();
  const now = useNow(LOOK_AGAIN);
  if (chosen?.quiet) return "switch";
  const hours = chosen?.quietHours;
  return hours && isWithin(hours, now, timeZone) ? "hours" : null;
}
