import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../shared/api/problem.ts";
import type { LogPage } from "../../shared/api/types.ts";
import { useMoments } from "../../shared/live/context.tsx";
import type { Moment } from "../../shared/live/frames.ts";
import { dayKey, dayName } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { ZoneNote } from "../../shared/time/ZoneNote.tsx";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Journal.module.css";
import { LogLine } from "./LogLine.tsx";
import { canBeOpened, folded, KINDS, type Kind, type Line, listCallLog } from "./log.ts";

/** All calls that are over, newest first, by day. */
export function Journal() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("all");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 150);
  const queries = useQueryClient();
  const log = useInfiniteQuery<
    LogPage,
    Error,
    InfiniteData<LogPage>,
    [string, Kind, string],
    string | null
  >({
    queryKey: ["log", kind, asked],
    queryFn: ({ pageParam, signal }) => listCallLog(kind, asked, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (last) => last.before,
    placeholderData: keepPreviousData,
  });
  const onMoment = useCallback(
    (moment: Moment) => {
      if (moment.kind === "log") void queries.invalidateQueries({ queryKey: ["log"] });
    },
    [queries],
  );
  useMoments(onMoment);
  const entries = folded(log.data?.pages.flatMap((page) => page.entries) ?? []);
  return (
    <section className={classes.journal} aria-label={t("caller.regions.journal")}>
      <h2 className="visually-hidden">{t("caller.regions.journal")}</h2>
      <div className={classes.head}>
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
        <Days entries={entries} />
        {log.isSuccess && entries.length === 0 && (
          <p className={classes.empty}>
            {t(asked || kind !== "all" ? "caller.journal.noMatch" : "caller.journal.empty")}
          </p>
        )}
        {log.hasNextPage && (
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
    </section>
  );
}

/** One stop for the Tab key, and what can be done with its line; arrows walk the lines. */
function Days({ entries }: { entries: Line[] }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const lines = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const open = entries.filter(canBeOpened);
  const at = open.find((entry) => entry.id === chosen) ?? open[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const names = [...(lines.current?.querySelectorAll<HTMLElement>("[data-name]:enabled") ?? [])];
    const here = names.findIndex((name) =>
      name.closest("li")?.contains(document.activeElement),
    );
    if (event.key === "ArrowDown") names[here + 1]?.focus();
    else if (event.key === "ArrowUp") names[here - 1]?.focus();
    else if (event.key === "Home") names[0]?.focus();
    else if (event.key === "End") names.at(-1)?.focus();
    else return;
    event.preventDefault();
  };
  const days = Map.groupBy(entries, (entry) => dayKey(entry.started, timeZone));
  const words = { today: t("today"), yesterday: t("yesterday") };
  return (
    <div ref={lines} onKeyDown={onKeyDown}>
      {[...days].map(([day, calls]) => (
        <div key={day}>
          <h3 className={classes.day}>
            {dayName(calls[0]?.started ?? day, now, culture, timeZone, words)}
          </h3>
          <ul className={classes.list}>
            {calls.map((entry) => (
              <LogLine
                key={entry.id}
                entry={entry}
                stop={entry === at}
                onFocus={() => setChosen(entry.id)}
              />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
