import { useTranslation } from "react-i18next";
import type {
  PresenceValue,
  SupervisedCallValue,
  TelephonePresenceValue,
} from "../../shared/api/types.generated.ts";
import { duration } from "../../shared/time/clock.ts";
import { useNow } from "../../shared/time/now.ts";
import { toWords, whenWords } from "../forwarding/sentence.ts";
import classes from "./Presence.module.css";
import { PresenceSign } from "./PresenceSign.tsx";
import { useTimeWords } from "./useTimeWords.ts";
import { stateWords } from "./words.ts";

/** All that is seen of how somebody is: on the card, and beside the photo one points at. */
export function PresenceDetails({ presence }: { presence: PresenceValue }) {
  const { t } = useTranslation();
  const time = useTimeWords();
  const { said, telephone, calendar, rule } = presence;
  return (
    <div>
      <p className={classes.heading}>
        <PresenceSign presence={presence} />
        {stateWords(t, presence)}
      </p>
      <dl className={classes.details}>
        {said && (said.message || said.until) && (
          <Fact label={t("caller.presence.says")}>
            {said.message}
            {said.until && ` ${t("caller.presence.untilOnly", { time: time(said.until) })}`}
          </Fact>
        )}
        {telephone && <TelephoneFacts telephone={telephone} />}
        {rule && (
          <Fact label={t("caller.presence.rule")}>
            {whenWords(t, rule, rule.seconds)} → {toWords(rule)}
          </Fact>
        )}
        {calendar && (
          <Fact label={t("caller.presence.calendar")}>
            {calendar.subject || t(`caller.presence.calendarState.${calendar.state}`)}
            {calendar.until && ` ${t("caller.presence.untilOnly", { time: time(calendar.until) })}`}
          </Fact>
        )}
      </dl>
    </div>
  );
}

function TelephoneFacts({ telephone }: { telephone: TelephonePresenceValue }) {
  const { t } = useTranslation();
  const { forwarding } = telephone;
  return (
    <>
      <Fact label={t("caller.presence.telephone")}>
        {t(`caller.presence.telephoneState.${telephone.state}`)}
        {telephone.since && <Life since={telephone.since} />}
      </Fact>
      {telephone.calls?.map((call) => (
        <Fact key={call.connection} label={t(`caller.presence.call.${call.direction}`)}>
          {whoIn(call) || t("caller.presence.unknownCaller")}
          {call.queue && ` · ${call.queue.name ?? call.queue.number ?? ""}`}
        </Fact>
      ))}
      {forwarding && (
        <Fact label={t("caller.presence.forwarded")}>
          {t(`caller.device.fwd.${forwarding.type}`)}
          {forwarding.display && (
            <span className="number" title={forwarding.destination ?? undefined}>
              {` → ${forwarding.display}`}
            </span>
          )}
        </Fact>
      )}
    </>
  );
}

function Life({ since }: { since: string }) {
  const now = useNow();
  return <span className="number"> {duration(now - Date.parse(since))}</span>;
}

/** The others in a call of a colleague's, by name where there is one. */
export function whoIn(call: SupervisedCallValue): string {
  return call.parties
    .map((party) => party.name ?? party.display ?? party.number ?? "")
    .filter((words) => words !== "")
    .join(", ");
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
