import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import { readAgain } from "../../shared/api/readAgain.ts";
import type { JournalValue } from "../../shared/api/types.generated.ts";
import type { LogPage } from "../../shared/api/types.ts";
import { useMoments, useValue } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { ZoneNote } from "../../shared/time/ZoneNote.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useMayWrite } from "../notes/mayWrite.ts";
import { NoteField } from "../notes/NoteField.tsx";
import { useNotes } from "../notes/useNotes.ts";
import { Days } from "./Days.tsx";
import { ExportLog } from "./ExportLog.tsx";
import { items, latest } from "./items.ts";
import classes from "./Journal.module.css";
import { KINDS, type Kind, listCallLog } from "./log.ts";
import { useLooking, useNews } from "./useNews.ts";

type LogKey = [string, string, Kind, string];

/** Calls that are over, notes and voice messages, newest first, by day. */
export function Journal() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("all");
  const [text, setText] = useState("");
  const [whose, setWhose] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 150);
  const logs = useValue<JournalValue>("journal")?.logs ?? [];
  // Whoever may not read it any more is back at his own.
  const user = logs.some((one) => one.id === whose) ? whose : "";
  const log = useLog(user, kind, asked);
  const entries = kind === "notes" ? [] : (log.data?.pages.flatMap((page) => page.entries) ?? []);
  const all = useAll(user, kind, asked, entries, log.hasNextPage);
  const mayWrite = useMayWrite();
  return (
    <section className={classes.journal} aria-label={t("caller.regions.journal")}>
      <h2 className="visually-hidden">{t("caller.regions.journal")}</h2>
      <div className={classes.head}>
        {logs.length > 0 && (
          <NativeSelect
            size="xs"
            className={classes.whose}
            aria-label={t("caller.journal.whose")}
            data={[
              { value: "", label: t("caller.journal.own") },
              ...logs.map((one) => ({ value: one.id, label: one.name })),
            ]}
            value={user}
            onChange={(event) => setWhose(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          size="xs"
          className={classes.which}
          aria-label={t("caller.journal.which")}
          data={KINDS.map((value) => ({ value, label: t(`caller.journal.${value}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
        />
        <TextInput
          size="xs"
          className={classes.filter}
          aria-label={t("caller.journal.search")}
          placeholder={t("caller.journal.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {log.isError && <ProblemLine problem={problemOf(log.error)} />}
      <ZoneNote className={classes.zone} />
      <div className={classes.lines}>
        <Days
          items={all.items}
          {...(user === "" ? { seen: all.seen } : {})}
        />
        {log.isSuccess && all.items.length === 0 && (
          <p className={classes.empty}>
            {t(asked || kind !== "all" ? "caller.journal.noMatch" : "caller.journal.empty")}
          </p>
        )}
        {kind !== "notes" && log.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t("caller.journal.more")}
          </Button>
        )}
      </div>
      <div className={classes.foot}>
        {mayWrite && user === "" && <NoteField />}
        {kind !== "notes" && <ExportLog user={user} kind={kind} text={asked} />}
      </div>
    </section>
  );
}

/** One's own call log, or that of another. */
function useLog(user: string, kind: Kind, text: string) {
  const queries = useQueryClient();
  const onMoment = useCallback(
    (moment: Moment) => {
      if (moment.kind === "log") void readAgain(queries, ["log"]);
      if (moment.kind === "otherLog") void readAgain(queries, ["log", moment.user]);
    },
    [queries],
  );
  useMoments(onMoment);
  return useInfiniteQuery<LogPage, Error, InfiniteData<LogPage>, LogKey, string | null>({
    queryKey: ["log", user, kind, text],
    queryFn: ({ pageParam, signal }) => listCallLog(kind, text, pageParam, signal, { user }),
    initialPageParam: null,
    getNextPageParam: (last) => last.before,
    // Nothing of one log is shown as another's.
    placeholderData: (was, query) => (query?.queryKey[1] === user ? keepPreviousData(was) : undefined),
  });
}

/** The calls with all that stands beside them; the notes of one's own journal only. */
function useAll(
  user: string,
  kind: Kind,
  text: string,
  entries: LogPage["entries"],
  more: boolean,
) {
  const own = user === "";
  const since = more && kind !== "notes" ? (entries.at(-1)?.started ?? null) : null;
  const beside = own && (kind === "all" || kind === "notes" || kind === "missed");
  const notes = useNotes(beside ? { text: kind === "missed" ? "" : text, since, limit: 200 } : null);
  const news = useNews();
  const messages = own && kind === "all" && text === "" ? (news?.messages ?? []) : [];
  const found = items(
    entries,
    notes,
    messages.filter((one) => since === null || one.at >= since),
  ).filter((item) => kind !== "missed" || item.what === "call");
  const whole = own && kind === "all" && text === "";
  const seen = useLooking(news, whole ? latest(found) : null);
  return { items: found, seen };
}
