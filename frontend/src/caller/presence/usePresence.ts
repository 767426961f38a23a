import type { PresenceValue } from "../../shared/api/types.generated.ts";
import { useCurrent, useValue } from "../../shared/live/context.tsx";

/** How somebody is now; undefined where it is not known, not shown, or not so any more. Whoever shows
 * it to people watches them (`useWatched`). */
export function usePresence(user: string | null | undefined): PresenceValue | undefined {
  const current = useCurrent();
  const known = useValue<PresenceValue>(`presence/${user ?? ""}`);
  return current ? known : undefined;
}
