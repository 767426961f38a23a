import { CloseButton, Loader } from "@mantine/core";
import { PhoneForwarded, SquareParking, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HandedOn } from "../../shared/api/types.ts";
import { problemWords } from "../../shared/i18n/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { DIAL, usePhone, useSpot } from "../phone/Phone.tsx";
import { useHandedOn } from "../phone/handedOn.ts";
import { closeParked, type Left, useParked } from "../phone/parked.ts";
import { Act } from "./Act.tsx";
import classes from "./Calls.module.css";
import { whoIs } from "./names.ts";
import { callProblem } from "./problem.ts";

/**
 * What is not a call: one being dialled, one that could not be, those handed on that ring elsewhere,
 * and those left at a parking place.
 */
export function Notices() {
  const parked = useParked();
  const handedOn = useHandedOn();
  return (
    <>
      <Dialling />
      {handedOn.map((which) => (
        <RingsElsewhere key={which.connection} call={which} />
      ))}
      {parked.map((which) => (
        <ParkedCall key={which.id} parked={which} />
      ))}
    </>
  );
}

function Dialling() {
  const { t } = useTranslation();
  const { desk } = usePhone();
  const { doing, about, problem } = useSpot(DIAL);
  if (problem) {
    const why = problemWords(t, problem);
    const words = about ? `${t("caller.calls.dialFailed", { name: about })} ${why}` : why;
    return <ProblemLine problem={problem} words={words} onClose={() => desk.forgive(DIAL)} />;
  }
  if (!doing || !about) return null;
  return (
    <div className={classes.notice} role="status">
      <Loader size={14} />
      {t("caller.calls.dialling", { name: about })}
    </div>
  );
}

function ParkedCall({ parked }: { parked: Left }) {
  const { t } = useTranslation();
  const { desk, devices, current } = usePhone();
  const spot = `parked/${parked.id}`;
  const { doing, problem } = useSpot(spot);
  const { place } = parked;
  const name = whoIs(t, parked.party);
  const device = devices.find((d) => d.id === parked.device);
  const fetchable = place !== null && device?.operations.includes("directedPickupCall");
  const fetchCall = async () => {
    if (place === null) return;
    const told = { ringingDevice: place };
    await desk.give(spot, "directedPickupCall", parked.device, told);
  };
  return (
    <>
      <div className={classes.notice} role="status">
        <SquareParking size={16} aria-hidden />
        <span className={classes.noticeWords}>
          {place ? t("caller.parked.at", { name, place }) : t("caller.parked.done", { name })}
        </span>
        {fetchable && (
          <Act
            icon={SquareParking}
            words={t("caller.parked.retrieve")}
            disabled={!current}
            doing={doing !== null}
            onAct={() => void fetchCall()}
          />
        )}
        <CloseButton size="sm" aria-label={t("close")} onClick={() => closeParked(parked)} />
      </div>
      {problem && <ProblemLine problem={problem} onClose={() => desk.forgive(spot)} />}
    </>
  );
}

/** Until it is answered there, who handed it on may take it back. */
function RingsElsewhere({ call }: { call: HandedOn }) {
  const { t } = useTranslation();
  const { desk, devices, current } = usePhone();
  const spot = `call/${call.connection}`;
  const { doing, problem } = useSpot(spot);
  const { connection } = call;
  const mine = devices.find((device) => device.number === call.to.number);
  const name = mine ? [mine.number, mine.label].join(" ").trim() : whoIs(t, call.to);
  return (
    <>
      <div className={classes.notice} role="status">
        <PhoneForwarded size={16} aria-hidden />
        <span className={classes.noticeWords}>
          {call.party
            ? t("caller.handedOn.ringsFor", { name, party: whoIs(t, call.party) })
            : t("caller.handedOn.rings", { name })}
        </span>
        <Act
          icon={Undo2}
          words={t("caller.handedOn.takeBack")}
          disabled={!current}
          doing={doing !== null}
          onAct={() => void desk.give(spot, "takeBackCall", call.device, { connection })}
        />
      </div>
      {problem && (
        <ProblemLine
          problem={problem}
          words={callProblem(t, problem)}
          onClose={() => desk.forgive(spot)}
        />
      )}
    </>
  );
}
