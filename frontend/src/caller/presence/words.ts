import type { TFunction } from "i18next";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import type { Mark } from "../../shared/ui/StateMark.tsx";

/** The sign of a state; unknown where nothing is known. */
export function markOf(presence: PresenceValue | undefined): Mark {
  return presence?.state ?? "unknown";
}

/** In a few words: what a sign is called. */
export function stateWords(t: TFunction, presence: PresenceValue | undefined): string {
  if (!presence) return t("caller.presence.state.unknown");
  if (presence.because === "calendar" && presence.state === "busy") {
    return t("caller.presence.inMeeting");
  }
  if (presence.because === "telephone" && presence.state === "busy") {
    return t("caller.presence.onTelephone");
  }
  if (presence.because === "doNotDisturb") return t("caller.presence.doNotDisturb");
  return t(`caller.presence.state.${presence.state}`);
}

/** What stands beside the name in a list: what is most worth knowing, empty = nothing. `time`: words
 * for an instant. */
export function briefWords(
  t: TFunction,
  presence: PresenceValue | undefined,
  time: (at: string) => string,
): string {
  if (!presence) return "";
  const { said, telephone, calendar, because } = presence;
  if (said?.message) return said.message;
  if (telephone?.state === "outOfService") return t("caller.presence.state.unreachable");
  if (because === "doNotDisturb") return t("caller.presence.doNotDisturb");
  if (because === "said" && presence.state !== "free") {
    return until(t, stateWords(t, presence), said?.until, time);
  }
  if (because === "calendar" && presence.state !== "free") {
    const words = calendar?.subject || stateWords(t, presence);
    return until(t, words, calendar?.until, time);
  }
  return "";
}

function until(
  t: TFunction,
  words: string,
  at: string | null | undefined,
  time: (at: string) => string,
): string {
  return at ? t("caller.presence.until", { words, time: time(at) }) : words;
}
