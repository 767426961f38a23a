import { Button } from "@mantine/core";
import { ArrowUpRight, MessageCircleQuestionMark } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../shared/api/types.ts";
import { type Person, PersonPicker } from "../search/PersonPicker.tsx";
import { useWho } from "../search/useWho.ts";
import { Act } from "./Act.tsx";
import classes from "./Calls.module.css";
import { callName } from "./names.ts";
import { useCallActions } from "./useCallActions.ts";
import type { Purpose } from "./ways.ts";

type Props = { call: Call; purpose: Purpose; person?: Person | null; onClose: () => void };

/** Two gestures: whom, then how. */
export function SendPanel({ call, purpose, person: given = null, onClose }: Props) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<Person | null>(given);
  const { ways, doing, disabled, act } = useCallActions(call);
  const name = useWho(person);
  const title = t(`caller.panel.${purpose}`, { name: callName(t, call) });
  const { now, ask } = ways(purpose);
  const send = async (way: "now" | "ask", to: Person) => {
    const { connection } = call;
    const number = to.number;
    const done = await (way === "ask"
      ? act("consultationCall", { existing: connection, consulted: number })
      : purpose === "transfer"
        ? act("singleStepTransferCall", { active: connection, transferredTo: number })
        : purpose === "add"
          ? act("singleStepConferenceCall", { active: connection, joining: number })
          : act("deflectCall", { connection, destination: number }));
    if (done) onClose();
  };
  const pick = (to: Person) => {
    setPerson(to);
    // A call that rings has one way to go elsewhere: no second question.
    if (purpose === "deflect") void send("now", to);
  };
  if (!person) {
    return (
      <div className={classes.panel}>
        <PersonPicker label={title} onPick={pick} onCancel={onClose} />
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    );
  }
  return (
    // Escape leaves the panel from any of its buttons. Enter that is still down was for the person.
    <div
      className={classes.panel}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        else if (event.repeat && event.key === "Enter") event.preventDefault();
      }}
    >
      <div className={classes.picked}>
        <span className={classes.pickedTitle}>{title}</span>
        <strong>{name ?? person.display}</strong>{" "}
        {name && <span className="number">{person.display}</span>}
      </div>
      {now && (
        <Act
          icon={ArrowUpRight}
          words={t("caller.act.now")}
          main={!ask}
          first={!ask}
          disabled={disabled}
          doing={doing === now}
          onAct={() => void send("now", person)}
        />
      )}
      {ask && (
        <Act
          icon={MessageCircleQuestionMark}
          words={t("caller.act.ask")}
          main
          first
          disabled={disabled}
          doing={doing === "consultationCall"}
          onAct={() => void send("ask", person)}
        />
      )}
      <Button variant="subtle" color="gray" onClick={() => setPerson(null)}>
        {t("caller.panel.change")}
      </Button>
    </div>
  );
}
