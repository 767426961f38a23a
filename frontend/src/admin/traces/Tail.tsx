import { CloseButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { TraceLineValue, TraceValue } from "../../shared/api/types.generated.ts";
import { clockSeconds } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import classes from "./Traces.module.css";

const EVERY = 1_000;
/** Records that say nothing to who reads along. */
const NOISE = ["heard", "ticked"];

/** What crosses a link now, newest first. */
export function Tail({ of: trace, onClose }: { of: TraceValue; onClose: () => void }) {
  const { t } = useTranslation();
  const { culture, timeZone } = useCulture();
  const found = useQuery({
    queryKey: ["traces", "tail", trace.id],
    queryFn: ({ signal }) =>
      request<TraceLineValue[]>("GET", `/admin/traces/${trace.id}/tail`, { signal }),
    refetchInterval: EVERY,
  });
  const lines = (found.data ?? []).filter((line) => !NOISE.includes(line.what)).reverse();
  const title = t("admin.traces.tail", { name: trace.name });
  return (
    <section className={classes.panel} aria-label={title}>
      <header className={classes.panelHead}>
        <h3 className={classes.panelTitle}>{title}</h3>
        <CloseButton aria-label={t("admin.traces.close")} onClick={onClose} />
      </header>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {found.isSuccess && lines.length === 0 && (
        <p className={classes.help}>{t("admin.traces.nothing")}</p>
      )}
      <ol className={classes.lines}>
        {lines.map((line) => (
          <li key={line.number} className={classes.line}>
            <span className={classes.when}>{clockSeconds(line.at, culture, timeZone)}</span>
            <strong>{t(`admin.traces.whats.${line.what}` as "admin.traces.whats.sent")}</strong>
            <code className={classes.text}>{line.text}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
