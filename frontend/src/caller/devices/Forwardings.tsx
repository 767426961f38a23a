import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "../../shared/api/types.ts";
import { usePhone, useSpot } from "../phone/Phone.tsx";
import { PersonPicker } from "../search/PersonPicker.tsx";
import classes from "./Devices.module.css";
import { type Slot, slots } from "./forwarding.ts";

/** The forwardings that this PBX offers, each with where it leads. */
export function Forwardings({ device }: { device: Device }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={classes.title}>{t("caller.device.forwarding")}</h3>
      {device.forwardings === null && (
        <p className={classes.quiet}>{t("caller.device.notTold")}</p>
      )}
      <ul className={classes.slots}>
        {slots(device).map((slot) => (
          <Line key={`${slot.type} ${slot.origin}`} device={device} slot={slot} />
        ))}
      </ul>
    </section>
  );
}

function Line({ device, slot }: { device: Device; slot: Slot }) {
  const { t } = useTranslation();
  const { current, desk } = usePhone();
  const spot = `device/${device.id}`;
  const busy = useSpot(spot).doing !== null || !current;
  const [choosing, setChoosing] = useState(false);
  const { type, origin, set } = slot;
  const name = [
    t(`caller.device.fwd.${type}`),
    origin === "all"
      ? ""
      : t(
          origin === "internal"
            ? "caller.device.fwd.originInternal"
            : "caller.device.fwd.originExternal",
        ),
  ]
    .filter(Boolean)
    .join(", ");
  const forward = (destination: string) => {
    setChoosing(false);
    void desk.give(spot, "setForwarding", device.id, { type, origin, active: true, destination });
  };
  const cancel = () =>
    void desk.give(spot, "setForwarding", device.id, { type, origin, active: false });
  if (choosing) {
    return (
      <li className={classes.slot}>
        <PersonPicker
          label={`${name} : ${t("caller.device.fwd.to").toLocaleLowerCase()}`}
          onPick={(person) => forward(person.number)}
          onCancel={() => setChoosing(false)}
        />
        <Button variant="subtle" color="gray" onClick={() => setChoosing(false)}>
          {t("cancel")}
        </Button>
      </li>
    );
  }
  return (
    <li className={classes.slot}>
      <span className={classes.slotName}>{name}</span>
      <span className={`number ${classes.grow}`} data-active={set?.active || undefined}>
        {set?.active ? `→ ${set.destination ?? ""}` : ""}
      </span>
      {set?.active && (
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={busy}
          aria-label={`${t("caller.device.fwd.off")}, ${name}`}
          onClick={cancel}
        >
          {t("caller.device.fwd.off")}
        </Button>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        disabled={busy}
        aria-label={`${t(set?.active ? "caller.device.fwd.change" : "caller.device.fwd.set")}, ${name}`}
        onClick={() => setChoosing(true)}
      >
        {t(set?.active ? "caller.device.fwd.change" : "caller.device.fwd.set")}
      </Button>
    </li>
  );
}
