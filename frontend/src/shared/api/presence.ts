import { request } from "./client.ts";
import type { ColleagueValue, OwnWordsValue, PresenceBody } from "./types.generated.ts";

/** Whose telephones one sees, by name. */
export function listColleagues(signal: AbortSignal): Promise<ColleagueValue[]> {
  return request("GET", "/colleagues", { signal });
}

/** What one says of oneself from now on. */
export function setPresence(body: PresenceBody): Promise<OwnWordsValue> {
  return request("PUT", "/presence", { body });
}
