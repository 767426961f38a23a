import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { OpenSessionValue } from "../api/types.generated.ts";
import { shortDay, shortTime } from "../time/clock.ts";
import { useCulture } from "../time/culture.ts";
import { ProblemLine } from "../ui/ProblemLine.tsx";
import classes from "./Account.module.css";
import { browserOf } from "./agent.ts";
import type { Level } from "./heading.ts";

type Props = { place?: string; heading?: Level };

/** Where somebody is signed in: oneself, or whose sessions are at that `place` of the API. */
export function Sessions({ place = "/sessions", heading: Heading = "h3" }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const key = ["sessions", place];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<OpenSessionValue[]>("GET", place, { signal }),
  });
  const [shown, setShown] = useState(false);
  const sessions = found.data ?? [];
  return (
    <section aria-label={t("account.sessions")}>
      <Heading className={classes.title}>{t("account.sessions")}</Heading>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {found.data?.length === 0 && <p className={classes.help}>{t("account.sessionsNone")}</p>}
      {sessions.length > 0 && !shown && (
        <Button variant="default" onClick={() => setShown(true)}>
          {t("account.sessionsShow", { count: sessions.length })}
        </Button>
      )}
      {shown && (
        <ul className={classes.list}>
          {sessions.map((each) => (
            <One
              key={each.id}
              of={each}
              onEnded={() => void queries.invalidateQueries({ queryKey: key })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function One({ of: session, onEnded }: { of: OpenSessionValue; onEnded: () => void }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const end = useMutation({
    mutationFn: () => request("DELETE", `/sessions/${encodeURIComponent(session.id)}`),
    onSuccess: onEnded,
  });
  const browser = browserOf(session.agent) ?? t("account.sessionUnknown");
  const seen = `${shortDay(session.seen, culture, timeZone)}, ${shortTime(session.seen, culture, timeZone)}`;
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.what} title={session.agent}>
          {browser}{" "}
          <span className={classes.help}>
            {session.address} ·{" "}
            {session.current ? t("account.sessionThis") : t("account.sessionSeen", { at: seen })}
          </span>
        </span>
        {!session.current && (
          <Button
            variant="default"
            loading={end.isPending}
            aria-label={t("account.sessionEndOf", { browser })}
            onClick={() => end.mutate()}
          >
            {t("account.sessionEnd")}
          </Button>
        )}
      </div>
      {end.error && <ProblemLine problem={problemOf(end.error)} />}
    </li>
  );
}
