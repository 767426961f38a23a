import { clockTime, shortDay } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";

/** Day and minute, as the database knows uses of tokens. */
export function useMoment(): (at: string) => string {
  const { culture, timeZone } = useCulture();
  return (at) => `${shortDay(at, culture, timeZone)}, ${clockTime(at, culture, timeZone)}`;
}
