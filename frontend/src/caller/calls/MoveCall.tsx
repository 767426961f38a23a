import { Button, Menu } from "@mantine/core";
import { MonitorSmartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Call, Device } from "../../shared/api/types.ts";
import { StateMark } from "../../shared/ui/StateMark.tsx";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./Calls.module.css";
import { otherTelephones } from "./ways.ts";
import { useCallActions } from "./useCallActions.ts";

/** The running call goes on at another of one's telephones. Not there for whoever has only one. */
export function MoveCall({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const { can, doing, disabled, act } = useCallActions(call);
  const others = otherTelephones(call, devices);
  if (!can("singleStepTransferCall") || others.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={classes.wide}
          leftSection={<MonitorSmartphone size={14} aria-hidden />}
          disabled={disabled && doing !== "moveCall"}
          loading={doing === "moveCall"}
        >
          {t("caller.act.move")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((device) => (
          <Telephone
            key={device.id}
            device={device}
            onChosen={() => void act("moveCall", { connection: call.connection, to: device.id })}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Telephone({ device, onChosen }: { device: Device; onChosen: () => void }) {
  const { t } = useTranslation();
  const { calls } = usePhone();
  const heard = device.state === "monitored";
  const busy = calls.some((call) => call.device === device.id);
  const mark = !heard ? "away" : busy ? "busy" : "free";
  return (
    <Menu.Item
      disabled={!heard}
      leftSection={<StateMark mark={mark} label={t(`caller.device.${mark}`)} />}
      onClick={onChosen}
    >
      <span className="number">{device.number}</span> {device.label}
    </Menu.Item>
  );
}
