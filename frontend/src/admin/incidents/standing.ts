import type { IncidentsStandingValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";

export function useStanding(): IncidentsStandingValue | undefined {
  return useValue<IncidentsStandingValue>("incidents");
}

/** How many open incidents nobody has acknowledged, as it is now. */
export function useUnacknowledged(): number {
  return useStanding()?.unacknowledged ?? 0;
}
