import { Button } from "@mantine/core";
import { ArrowUpRight, PhoneIncoming } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueState, Waiting } from "../../shared/api/types.ts";
import { useCurrent, useLastHeard, useSkew } from "../../shared/live/context.tsx";
import { usePreferences } from "../../shared/live/preferences.ts";
import { duration } from "../../shared/time/clock.ts";
import { useNow } from "../../shared/time/now.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Act } from "../calls/Act.tsx";
import { whoIs } from "../calls/names.ts";
import { usePhone } from "../phone/Phone.tsx";
import { PersonPicker } from "../search/PersonPicker.tsx";
import { useFieldWords } from "../search/useFieldWords.ts";
import classes from "./Queues.module.css";
import { useQueueOrders } from "./useQueueOrders.ts";

/** Somebody who waits: where in the queue, who, for how long, and what may be done. */
export function WaitingRow({ queue, one }: { queue: QueueState; one: Waiting }) {
  const { t } = useTranslation();
  const { device } = usePhone();
  const current = useCurrent();
  const [sending, setSending] = useState(false);
  const { doing, problem, give, forgive } = useQueueOrders(queue.id);
  const name = whoIs(t, one.party);
  const { connection } = one;
  const fields = useChosenFields(one);
  const facts = [
    one.party.company,
    one.party.name ? one.party.display : null,
    ...fields.map(({ label, value }) => t("caller.queues.field", { label, value })),
    one.ringsAt ? t("caller.queues.ringsAt", { name: one.ringsAt }) : null,
  ].filter(Boolean);
  return (
    <li className={classes.row} aria-label={name}>
      <span className={classes.position} title={t("caller.queues.position", { n: one.position })}>
        {one.position}
      </span>
      <span className={classes.who}>
        <strong>{name}</strong>
        {facts.length > 0 && <span className={classes.facts}>{facts.join(" · ")}</span>}
      </span>
      <Wait since={one.since} />
      <span className={classes.acts}>
        {device && (
          <Act
            icon={PhoneIncoming}
            words={t("caller.queues.take")}
            help={t("caller.queues.takeHelp", { number: device.number })}
            main={one.position === 1}
            disabled={!current || doing !== null}
            doing={doing === "take"}
            onAct={() => void give("take", { connection, device: device.id })}
          />
        )}
        <Act
          icon={ArrowUpRight}
          words={t("caller.act.deflect")}
          pressed={sending}
          disabled={!current || doing !== null}
          doing={doing === "deflect"}
          onAct={() => setSending(!sending)}
        />
      </span>
      {sending && (
        <div className={classes.sending}>
          <PersonPicker
            label={t("caller.panel.deflect", { name })}
            onCancel={() => setSending(false)}
            onPick={({ number }) => {
              setSending(false);
              void give("deflect", { connection, destination: number });
            }}
          />
          <Button variant="subtle" color="gray" onClick={() => setSending(false)}>
            {t("cancel")}
          </Button>
        </div>
      )}
      {problem && (
        <div className={classes.sending}>
          <ProblemLine
            problem={problem}
            {...(problem.code === "notFound" ? { words: t("caller.queues.gone") } : {})}
            onClose={forgive}
          />
        </div>
      )}
    </li>
  );
}

/** What the user wants to see of those who wait (Preferences, Alert), in the order of that choice. */
function useChosenFields({ fields }: Waiting) {
  const chosen = usePreferences()?.queueFields ?? [];
  const shown = chosen.flatMap((label) => fields.filter((field) => field.label === label));
  const { words } = useFieldWords(shown.length > 0);
  return shown.map((field) => ({ ...field, label: words(field.label) }));
}

/** For how long; stands still while the page does not know whether it lasts. */
function Wait({ since }: { since: string }) {
  const [heard, skew] = [useLastHeard(), useSkew()];
  const now = useNow();
  const until = heard === null ? now : heard + skew;
  return (
    <span className={`time ${classes.wait}`} role="timer">
      {duration(Math.max(0, until - Date.parse(since)))}
    </span>
  );
}
