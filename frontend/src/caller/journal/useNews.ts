import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { journalNews, type News, seeJournal } from "../../shared/api/notes.ts";
import { readAgain } from "../../shared/api/readAgain.ts";
import { useMoments } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { useChanged } from "../notes/useNotes.ts";

/** Milliseconds that what is new stands before somebody who looks at the page. */
const LOOKED = 3_000;

/** What came since one looked at the journal, in whichever window. */
export function useNews(): News | undefined {
  const queries = useQueryClient();
  const onMoment = useCallback(
    (moment: Moment) => {
      if (moment.kind === "log") void readAgain(queries, ["news"]);
    },
    [queries],
  );
  useMoments(onMoment);
  return useQuery({
    queryKey: ["news", useChanged()],
    queryFn: ({ signal }) => journalNews(signal),
    placeholderData: keepPreviousData,
  }).data;
}

/**
 * Says that one has looked, once what is new has been before one for a while; up to when one had
 * looked before: what came since stays marked as long as the journal is open.
 */
export function useLooking(news: News | undefined, latest: string | null): string | null {
  const before = useRef<string | null | undefined>(undefined);
  if (before.current === undefined && news) before.current = news.seen;
  const unread = news !== undefined && news.unread > 0;
  useEffect(() => {
    if (!unread || latest === null) return;
    let timer = 0;
    const look = () => {
      clearTimeout(timer);
      if (document.hasFocus()) timer = window.setTimeout(() => void seeJournal(latest), LOOKED);
    };
    look();
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
    };
  }, [unread, latest]);
  return before.current ?? null;
}
