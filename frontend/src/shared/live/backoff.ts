import { GOING_AWAY, SERVICE_RESTART } from "./frames.ts";

const FIRST = 500;
const LONGEST = 30_000;
/** Everybody's page loses a restarted server at once: they return spread over this time. */
const RESTART_SPREAD = 5_000;

/**
 * Milliseconds before the next attempt to connect.
 * `attempt` counts the failures since the page was last live; `code` is how the socket was closed, null when
 * we closed it ourselves; `random` is in [0, 1).
 */
export function delay(attempt: number, code: number | null, random: number): number {
  const serverLeft = code === GOING_AWAY || code === SERVICE_RESTART || code === 1006;
  if (attempt === 0) return serverLeft ? random * RESTART_SPREAD : 0;
  const ceiling = Math.min(LONGEST, FIRST * 2 ** attempt);
  return ceiling / 2 + (random * ceiling) / 2;
}
