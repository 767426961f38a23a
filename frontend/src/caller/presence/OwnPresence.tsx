import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { setPresence } from "../../shared/api/presence.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { PresenceState, PresenceValue } from "../../shared/api/types.generated.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { type End, endOf, ENDS, type ShownEnd, shownEnd } from "./ending.ts";
import classes from "./Presence.module.css";
import { PresenceSign } from "./PresenceSign.tsx";
import { useTimeWords } from "./useTimeWords.ts";
import { stateWords } from "./words.ts";

const CHOICES = ["auto", "online", "busy", "absent", "offline"] as const;
type Choice = (typeof CHOICES)[number];

/** What is chosen in the boxes, as opposed to what is said by now. */
type Given = { choice: Choice; message: string; until: string | null };

/** What one says of oneself to colleagues: at once by the choices, with a message by its button. */
export function OwnPresence({ presence }: { presence: PresenceValue | undefined }) {
  const { t } = useTranslation();
  const time = useTimeWords();
  const said = presence?.said ?? null;
  const [message, setMessage] = useState(said?.message ?? "");
  const until = said?.until ?? null;
  // One that was chosen counts until another is said, here or elsewhere.
  const [draft, setDraft] = useState<{ end: End; over: string | null } | null>(null);
  const now = useNow(60_000);
  const { timeZone } = useCulture();
  const mayWrite = useAuthorised("AuthorizedCustomMessagePresences");
  const choice: Choice = said?.state ?? "auto";
  const end = draft?.over === until ? draft.end : shownEnd(until, now, timeZone);
  const chosenUntil = end === "said" ? until : endOf(end, now, timeZone);
  const say = useMutation({
    mutationFn: (given: Given) =>
      setPresence({
        state: given.choice === "auto" ? null : (given.choice as PresenceState),
        message: given.message,
        until: given.choice === "auto" && !given.message ? null : given.until,
      }),
    onError: () => setDraft(null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say.mutate({ choice, message, until: chosenUntil });
  };
  return (
    <form className={classes.own} aria-label={t("caller.presence.own")} onSubmit={submit}>
      <p className={classes.heading}>
        <PresenceSign presence={presence} />
        {stateWords(t, presence)}
        {said?.until && (
          <span className={classes.brief}>
            {t("caller.presence.untilOnly", { time: time(said.until) })}
          </span>
        )}
      </p>
      <div className={classes.message}>
        <NativeSelect
          size="xs"
          label={t("caller.presence.own")}
          data={CHOICES.map((value) => ({ value, label: t(`caller.presence.choose.${value}`) }))}
          value={choice}
          onChange={(event) => {
            const chosen = event.currentTarget.value as Choice;
            // Nobody is back at his desk with yesterday's words.
            const kept = chosen === "auto" || chosen === "online" ? "" : message;
            setMessage(kept);
            if (chosen === "auto") setDraft(null);
            say.mutate({ choice: chosen, message: mayWrite ? kept : "", until: chosenUntil });
          }}
        />
        <NativeSelect
          size="xs"
          label={t("caller.presence.end")}
          data={[
            ...ENDS.map((value) => ({
              value: value as ShownEnd,
              label: t(`caller.presence.ends.${value}`),
            })),
            ...(end === "said" && until ? [{ value: end, label: time(until) }] : []),
          ]}
          value={end}
          onChange={(event) => {
            const chosen = event.currentTarget.value as ShownEnd;
            if (chosen === "said") return;
            setDraft({ end: chosen, over: until });
            if (said) {
              // The message as it is said: what is being written is not said yet.
              const { message: kept } = said;
              say.mutate({ choice, message: kept, until: endOf(chosen, now, timeZone) });
            }
          }}
        />
      </div>
      {mayWrite && (
        <div className={classes.message}>
          <TextInput
            size="xs"
            label={t("caller.presence.message")}
            placeholder={t("caller.presence.messagePlaceholder")}
            maxLength={200}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          {/* Never disabled: Enter would do nothing while the last choice is on its way. */}
          <Button size="xs" type="submit" variant="default">
            {t("caller.presence.say")}
          </Button>
        </div>
      )}
      {say.error && <ProblemLine problem={problemOf(say.error)} onClose={() => say.reset()} />}
    </form>
  );
}
