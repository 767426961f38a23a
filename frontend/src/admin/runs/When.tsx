import { clockTime, dayKey, fullTime, shortDay, since } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";

/** A moment as people say it: minutes ago, the clock of today, else with its day. */
export function When({ at }: { at: string }) {
  const { culture, timeZone } = useCulture();
  const now = useNow(30_000);
  const today = dayKey(at, timeZone) === dayKey(now, timeZone);
  return (
    <time className="time" dateTime={at} title={fullTime(at, culture, timeZone)}>
      {today
        ? since(at, now, culture, timeZone)
        : `${shortDay(at, culture, timeZone)} ${clockTime(at, culture, timeZone)}`}
    </time>
  );
}
