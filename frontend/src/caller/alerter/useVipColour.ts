import { usePreferences } from "../../shared/live/preferences.ts";
import { VIP_COLOUR } from "../../shared/pop/colour.ts";

/** The background of the pop of an important person. */
export function useVipColour(): string {
  return usePreferences()?.vipColour ?? VIP_COLOUR;
}
