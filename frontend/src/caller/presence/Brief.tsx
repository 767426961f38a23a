import { useTranslation } from "react-i18next";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import { duration } from "../../shared/time/clock.ts";
import { useNow } from "../../shared/time/now.ts";
import { useTimeWords } from "./useTimeWords.ts";
import { briefWords } from "./words.ts";

/** Beside a name: how long somebody is on the telephone, else why one cannot be had. */
export function Brief({ presence, className }: { presence: PresenceValue; className?: string | undefined }) {
  const { t } = useTranslation();
  const time = useTimeWords();
  const since = presence.because === "telephone" ? presence.telephone?.since : null;
  const words = since ? null : briefWords(t, presence, time);
  if (!since && !words) return null;
  return (
    <span className={className} title={words ?? undefined}>
      {since ? <Since at={since} /> : words}
    </span>
  );
}

function Since({ at }: { at: string }) {
  return <span className="time">{duration(useNow() - Date.parse(at))}</span>;
}
