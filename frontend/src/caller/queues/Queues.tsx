import { useTranslation } from "react-i18next";
import type { QueueState } from "../../shared/api/types.ts";
import { useCurrent, useValues } from "../../shared/live/context.tsx";
import { Abandoned } from "./Abandoned.tsx";
import classes from "./Queues.module.css";
import { answeringWords, inOrder } from "./queue.ts";
import { WaitingRow } from "./WaitingRow.tsx";

/** The call queues that the user may see: who waits is on top, a quiet one is a line. */
export function Queues() {
  const { t } = useTranslation();
  const queues = useValues<QueueState>("queue");
  if (queues.length === 0) return null;
  return (
    <section className={classes.queues} aria-label={t("caller.queues.title")}>
      <h2 className="visually-hidden">{t("caller.queues.title")}</h2>
      {inOrder(queues).map((queue) => (
        <Queue key={queue.id} queue={queue} />
      ))}
    </section>
  );
}

function Queue({ queue }: { queue: QueueState }) {
  const { t } = useTranslation();
  const current = useCurrent();
  const count = queue.waiting.length;
  return (
    <article
      className={classes.queue}
      aria-label={t("caller.queues.one", { name: queue.name })}
      data-waiting={count > 0 || undefined}
    >
      <header className={classes.head}>
        <h3 className={classes.name}>{queue.name}</h3>
        <span className={classes.count} role="status">
          {current ? t("caller.queues.waiting", { count }) : t("unknown")}
        </span>
        <span className={classes.quiet}>
          {current &&
            t("caller.queues.free", { count: queue.agents.free, all: queue.agents.all })}
        </span>
        <Abandoned queue={queue} />
      </header>
      {count > 0 && (
        <ol className={classes.waiting}>
          {queue.waiting.map((one) => (
            <WaitingRow key={one.connection} queue={queue} one={one} />
          ))}
        </ol>
      )}
      {answeringWords(t, queue).map((words) => (
        <p key={words} className={classes.quiet}>
          {words}
        </p>
      ))}
    </article>
  );
}
