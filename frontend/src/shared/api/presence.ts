import { request } from "./client.ts";
import type { OwnWordsValue, PresenceBody } from "./types.generated.ts";

/** What one says of oneself from now on. */
export function setPresence(body: PresenceBody): Promise<OwnWordsValue> {
  return request("PUT", "/presence", { body });
}
