import { clockTime, dayKey, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";

/** An instant in words: its clock time today, else its day too. */
export function useTimeWords(): (at: string) => string {
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  return (at) => {
    const time = clockTime(at, culture, timeZone);
    const today = dayKey(at, timeZone) === dayKey(now, timeZone);
    return today ? time : `${shortDay(at, culture, timeZone)} ${time}`;
  };
}
