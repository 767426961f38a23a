import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Phone, PhoneMissed } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { AbandonedCall, QueueState } from "../../shared/api/types.ts";
import { clockTime, dayName, duration, fullTime } from "../../shared/time/clock.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { Act } from "../calls/Act.tsx";
import { whoIs } from "../calls/names.ts";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./Queues.module.css";
import { useQueueOrders } from "./useQueueOrders.ts";

/** Those whom nobody answered: how many are left to call back, and the list behind it. */
export function Abandoned({ queue }: { queue: QueueState }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ["abandoned", queue.id, queue.abandonedChanged],
    queryFn: () => request<AbandonedCall[]>("GET", `/queues/${queue.id}/abandoned`),
    placeholderData: (before) => before,
  });
  const left = (list.data ?? []).filter((one) => !one.calledBack).length;
  const title = t("caller.queues.abandonedOf", { name: queue.name });
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes.abandoned}
        data-left={left > 0 || undefined}
        leftSection={<PhoneMissed size={13} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("caller.queues.abandoned", { count: left })}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={title}
        size="lg"
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {list.error && <ProblemLine problem={problemOf(list.error)} />}
        {list.data?.length === 0 && (
          <p className={classes.quiet}>{t("caller.queues.noneAbandoned")}</p>
        )}
        <ul className={classes.gaveUp}>
          {(list.data ?? []).map((one) => (
            <AbandonedRow key={one.id} queue={queue} one={one} />
          ))}
        </ul>
        {(list.data?.length ?? 0) > 0 && (
          <Button
            component="a"
            variant="default"
            href={`/api/v1/queues/${queue.id}/abandoned/export?culture=${i18n.language.startsWith("fr") ? "fr" : "en"}`}
            download
          >
            {t("caller.queues.export")}
          </Button>
        )}
      </Modal>
    </>
  );
}

function AbandonedRow({ queue, one }: { queue: QueueState; one: AbandonedCall }) {
  const { t } = useTranslation();
  const { device, dialling } = usePhone();
  const { culture, timeZone } = useCulture();
  const now = useNow(60_000);
  const { doing, problem, give, forgive } = useQueueOrders(queue.id);
  const words = { today: t("today"), yesterday: t("yesterday") };
  const day = dayName(one.ended, now, culture, timeZone, words);
  const name = whoIs(t, one);
  return (
    <li className={classes.row} aria-label={name}>
      <span className="time" title={fullTime(one.ended, culture, timeZone)}>
        {day} {clockTime(one.ended, culture, timeZone)}
      </span>
      <span className={classes.who}>
        <strong>{name}</strong>
        <span className={classes.facts}>
          {[
            one.name ? one.display : null,
            t("caller.queues.waited", {
              time: duration(Date.parse(one.ended) - Date.parse(one.since)),
            }),
            one.calledBack
              ? t("caller.queues.calledBack", {
                  name: one.calledBackBy ?? t("unknown"),
                  time: clockTime(one.calledBack, culture, timeZone),
                })
              : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      {one.callable && device && (
        <span className={classes.acts}>
          <Act
            icon={Phone}
            words={t("caller.queues.callBack")}
            main={!one.calledBack}
            disabled={dialling !== "possible" || doing !== null}
            doing={doing !== null}
            onAct={() => void give("callBack", { call: one.id, device: device.id })}
          />
        </span>
      )}
      {problem && (
        <div className={classes.sending}>
          <ProblemLine problem={problem} onClose={forgive} />
        </div>
      )}
    </li>
  );
}
