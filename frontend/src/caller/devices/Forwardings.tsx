import { Button, NumberInput, SegmentedControl } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallOrigin, Device, ForwardingType } from "../../shared/api/types.ts";
import { usePhone, useSpot } from "../phone/Phone.tsx";
import { useRules } from "../rules/useRules.ts";
import { PersonPicker } from "../search/PersonPicker.tsx";
import classes from "./Devices.module.css";
import { type Line, lines, origins, patience, permitted } from "./forwarding.ts";

/** The forwardings that this PBX offers, each with where it leads. */
export function Forwardings({ device: given }: { device: Device }) {
  const { t } = useTranslation();
  const device = permitted(given, useRules()?.choices);
  const [choosing, setChoosing] = useState<Line | null>(null);
  if (device.forwardings !== null && lines(device).length === 0) return null;
  return (
    <section>
      <h3 className={classes.title}>{t("caller.device.forwarding")}</h3>
      {device.forwardings === null && (
        <p className={classes.quiet}>{t("caller.device.notTold")}</p>
      )}
      <ul className={classes.slots}>
        {lines(device).map((line) => (
          <li key={`${line.type} ${line.origin}`}>
            {choosing?.type === line.type && choosing.origin === line.origin ? (
              <Choice device={device} line={line} onDone={() => setChoosing(null)} />
            ) : (
              <Shown device={device} line={line} onChoose={() => setChoosing(line)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Seconds a telephone may ring before its call goes elsewhere, as the server takes them. */
const LONGEST = 600;

type Props = { device: Device; line: Line };

function Shown({ device, line, onChoose }: Props & { onChoose: () => void }) {
  const { t } = useTranslation();
  const { current, desk } = usePhone();
  const spot = `device/${device.id}`;
  const busy = useSpot(spot).doing !== null || !current;
  const { type, origin, set } = line;
  const wait = set && patience(set);
  const name = nameOf(t, type, set ? origin : "all");
  const made = useRules()?.telephones;
  const byRule =
    set !== null &&
    made !== undefined &&
    !made.some((one) => one.device === device.id && one.type === type && one.origin === origin);
  return (
    <div className={classes.slot}>
      <span className={classes.slotName}>{name}</span>
      <span className={`number ${classes.grow}`} data-active={set !== null || undefined}>
        {set && <span title={set.destination ?? undefined}>→ {set.display}</span>}
        {wait && (
          <span className={classes.wait}>
            {wait.rings === null
              ? t("caller.device.fwd.after", wait)
              : t("caller.device.fwd.rings", { wait: wait.wait, count: wait.rings })}
          </span>
        )}
      </span>
      {byRule ? (
        <span className={classes.wait}>{t("caller.rules.byRule")}</span>
      ) : (
        <span className={classes.acts}>
          {set && (
            <Button
              variant="subtle"
              size="compact-xs"
              disabled={busy}
              aria-label={`${t("caller.device.fwd.off")}, ${name}`}
              onClick={() =>
                void desk.give(spot, "setForwarding", device.id, { type, origin, active: false })
              }
            >
              {t("caller.device.fwd.off")}
            </Button>
          )}
          {origins(device, type).length > 0 && (
            <Button
              variant="subtle"
              size="compact-xs"
              disabled={busy}
              aria-label={`${t(set ? "caller.device.fwd.change" : "caller.device.fwd.set")}, ${name}`}
              onClick={onChoose}
            >
              {t(set ? "caller.device.fwd.change" : "caller.device.fwd.set")}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}

/** Which calls, where the PBX tells them apart; after how long, if nobody answers; and to whom. */
function Choice({ device, line, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation();
  const { desk } = usePhone();
  const { type, set } = line;
  const [origin, setOrigin] = useState(line.origin);
  const [seconds, setSeconds] = useState<string | number>(set?.ringDuration ?? "");
  const offered = set ? [line.origin] : origins(device, type);
  const forward = (destination: string) => {
    onDone();
    const ringDuration = typeof seconds === "number" ? { ringDuration: seconds } : {};
    const told = { type, origin, active: true, destination, ...ringDuration };
    void desk.give(`device/${device.id}`, "setForwarding", device.id, told);
  };
  return (
    <div className={classes.choice}>
      {offered.length > 1 && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t("caller.device.fwd.which")}
          data={offered.map((value) => ({ value, label: t(`caller.device.fwd.origin.${value}`) }))}
          value={origin}
          onChange={(value) => setOrigin(value as CallOrigin)}
        />
      )}
      {type === "noAnswer" && (
        <NumberInput
          size="xs"
          label={t("caller.device.fwd.seconds")}
          description={t(
            set?.ringCount ? "caller.device.fwd.ringsHelp" : "caller.device.fwd.secondsHelp",
            { each: set?.ringCount ? (set.ringDuration ?? 0) / set.ringCount : 0 },
          )}
          min={1}
          max={LONGEST}
          allowDecimal={false}
          clampBehavior="strict"
          value={seconds}
          onChange={setSeconds}
        />
      )}
      <div className={classes.slot}>
        <PersonPicker
          label={`${nameOf(t, type, set ? origin : "all")}, ${t("caller.device.fwd.to")}`}
          onPick={(person) => forward(person.number)}
          onCancel={onDone}
        />
        <Button variant="subtle" color="gray" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </div>
  );
}

function nameOf(t: TFunction, type: ForwardingType, origin: CallOrigin): string {
  const name = t(`caller.device.fwd.${type}`);
  return origin === "all" ? name : `${name} (${t(`caller.device.fwd.origin.${origin}`)})`;
}
