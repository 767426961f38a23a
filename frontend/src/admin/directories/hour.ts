import { useList } from "../data.ts";
import { effectiveIn } from "../parameters/values.ts";

export const HOUR = "timeSynchronizationDirectories";

/** The hour of the daily synchronisations of a domain; null until it is known. */
export function useHour(domain: string): string | null {
  const definition = useList("parameters").data?.find((each) => each.name === HOUR);
  const values = useList("parameter-values").data;
  if (!definition || !values) return null;
  return String(effectiveIn(definition, values, domain).value);
}
