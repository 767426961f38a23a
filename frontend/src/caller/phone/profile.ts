import type { Profile } from "../../shared/api/profiles.ts";
import type { ProfilesValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";

/** One's profiles; null until they are known. */
export function useProfiles(): ProfilesValue | null {
  return useValue<ProfilesValue>("profiles") ?? null;
}

/** The profile that is chosen: it says from where one calls. */
export function useChosenProfile(): Profile | null {
  return useProfiles()?.profiles.find((profile) => profile.chosen) ?? null;
}
