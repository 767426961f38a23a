import { CloseButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type {
  ReplayCallValue,
  ReplayStepValue,
  ReplayValue,
  TraceValue,
} from "../../shared/api/types.generated.ts";
import { clockSeconds } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Working } from "../working/Working.tsx";
import classes from "./Traces.module.css";

/** What the drivers and the call table of today make of a trace. */
export function Replay({ of: trace, onClose }: { of: TraceValue; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["traces", "replay", trace.id],
    // To leave it ends it: the server replays for nobody else.
    queryFn: ({ signal }) =>
      request<ReplayValue>("POST", `/admin/traces/${trace.id}/replay`, { signal }),
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const replay = found.data;
  const title = t("admin.traces.replay", { name: trace.name });
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <h3 className={classes.panelTitle}>{title}</h3>
        <CloseButton aria-label={t("admin.traces.close")} onClick={onClose} />
      </header>
      {found.isFetching && (
        <Working words={t("admin.traces.replaying")} onCancel={onClose} />
      )}
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {replay && (
        <>
          <Verdict of={replay} />
          <ol className={classes.calls}>
            {replay.calls.map((call) => (
              <Call key={call.number} of={call} />
            ))}
          </ol>
          {replay.calls.length < replay.callCount && (
            <p className={classes.help}>
              {t("admin.traces.more", { count: replay.calls.length })}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Verdict({ of: replay }: { of: ReplayValue }) {
  const { t } = useTranslation();
  const said = useSteps();
  const { records, messages, callCount: calls } = replay;
  const differs = replay.differenceCount > 0;
  const verdict = !replay.begun
    ? t("admin.traces.notBegun")
    : !replay.compared
      ? t("admin.traces.notCompared")
      : differs
        ? t("admin.traces.differences", { count: replay.differenceCount })
        : t("admin.traces.same");
  const notes = [
    replay.skipped > 0 && t("admin.traces.skipped", { count: replay.skipped }),
    replay.dropped > 0 && t("admin.traces.missing", { count: replay.dropped }),
    replay.unlikeSent > 0 && t("admin.traces.unlike", { count: replay.unlikeSent }),
    ...Object.entries(replay.notUnderstood).map(([name, count]) =>
      t("admin.traces.notUnderstood", { name, count }),
    ),
    ...replay.differences.map(({ call, step, recorded, replayed }) =>
      t("admin.traces.difference", {
        call,
        step,
        recorded: said(recorded),
        replayed: said(replayed),
      }),
    ),
  ].filter((note) => note !== false);
  return (
    <div className={classes.verdict} data-wrong={differs || undefined} role="status">
      <strong>{verdict}</strong> {t("admin.traces.counted", { records, messages, calls })}
      {notes.length > 0 && (
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A call after one change of it, in words. */
function useSteps() {
  const { t } = useTranslation();
  return (step: ReplayStepValue | null) => {
    if (!step) {
      return t("admin.traces.none");
    }
    const parts = [
      ...step.legs.map(({ device, state }) =>
        t("admin.traces.leg", {
          device,
          state: t(`admin.traces.states.${state}` as "admin.traces.states.hold"),
        }),
      ),
      ...step.ended.map(([device, cause]) => t("admin.traces.left", { device, cause })),
    ];
    return `${step.cause}: ${parts.join(", ")}`;
  };
}

function Call({ of: call }: { of: ReplayCallValue }) {
  const { t } = useTranslation();
  const said = useSteps();
  const { culture, timeZone } = useCulture();
  return (
    <li>
      <details>
        <summary>
          {t("admin.traces.call", { number: call.number })}{" "}
          <span className={classes.when}>
            {call.steps[0] && clockSeconds(call.steps[0].at, culture, timeZone)}
          </span>
        </summary>
        <ol className={classes.steps}>
          {call.steps.map((step, index) => (
            // Steps have no name of their own, and never move.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index}>
              <span className={classes.when}>{clockSeconds(step.at, culture, timeZone)}</span>{" "}
              {said(step)}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
