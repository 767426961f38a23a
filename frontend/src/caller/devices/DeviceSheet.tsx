import { Button, Radio, Switch } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Voicemail } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAuthorised, useParameter } from "../../shared/live/parameters.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { chooseProfile } from "../../shared/api/profiles.ts";
import type { Device } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { pieces } from "../../shared/ui/useKeptFocus.ts";
import { usePhone, useSpot } from "../phone/Phone.tsx";
import { DeviceMarks } from "./DeviceMarks.tsx";
import classes from "./Devices.module.css";
import { Forwardings } from "./Forwardings.tsx";
import { whyNot } from "./state.ts";

/** One device with all that its PBX lets one set, and why it does not work when it does not. */
export function DeviceSheet({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { devices, device: chosen, profile, use, current, desk } = usePhone();
  // Another telephone than the profile's: it is no more the chosen one.
  const leave = useMutation({ mutationFn: () => chooseProfile(null) });
  const spot = `device/${device.id}`;
  const { problem } = useSpot(spot);
  const why = current ? whyNot(t, device) : t("caller.device.unknown");
  const told = useAuthorised("DisplaySimpleRules");
  const bare =
    device.forwardingTypes.length === 0 && !device.operations.includes("setDoNotDisturb");
  return (
    <article className={classes.sheet} {...pieces(device.id)}>
      <header className={classes.head}>
        {devices.length > 1 && (
          <Radio
            size="xs"
            name="device"
            aria-label={`${t("caller.device.use")} ${device.number}`}
            title={t("caller.device.use")}
            checked={!profile?.number && chosen?.id === device.id}
            onChange={() => {
              use(device.id);
              if (profile) leave.mutate();
            }}
          />
        )}
        <strong className="number">{device.number}</strong>
        <span className={classes.label}>{device.label}</span>
        <DeviceMarks device={device} />
        <span className={classes.link}>{device.link.name}</span>
      </header>
      {why && <p className={classes.why}>{why}</p>}
      <DoNotDisturb device={device} />
      <Messages device={device} />
      {told && device.forwardingTypes.length > 0 && <Forwardings device={device} />}
      {bare && device.state === "monitored" && (
        <p className={classes.quiet}>{t("caller.device.notOffered")}</p>
      )}
      {problem && <ProblemLine problem={problem} onClose={() => desk.forgive(spot)} />}
      {leave.error && (
        <ProblemLine problem={problemOf(leave.error)} onClose={() => leave.reset()} />
      )}
    </article>
  );
}

function DoNotDisturb({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { current, desk } = usePhone();
  const spot = `device/${device.id}`;
  const { doing } = useSpot(spot);
  if (!device.operations.includes("setDoNotDisturb")) return null;
  const unknown = device.doNotDisturb === null || !current;
  return (
    <Switch
      size="sm"
      label={t("caller.device.dnd")}
      description={unknown ? t("caller.device.notTold") : undefined}
      checked={device.doNotDisturb === true}
      disabled={doing !== null || !current}
      onChange={(event) =>
        void desk.give(spot, "setDoNotDisturb", device.id, { on: event.currentTarget.checked })
      }
    />
  );
}

function Messages({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { current, desk } = usePhone();
  const spot = `device/${device.id}`;
  const { doing } = useSpot(spot);
  const number = useParameter("vmNumber");
  const callable = Boolean(number) && device.operations.includes("makeCall");
  if (!current || !(device.messagesWaiting || callable)) return null;
  return (
    <div className={classes.messages}>
      <Voicemail size={16} aria-hidden />
      <span className={classes.grow}>
        {t(device.messagesWaiting ? "caller.device.messages" : "caller.device.noMessages")}
      </span>
      {number && callable && (
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={doing !== null}
          onClick={() =>
            void desk.give(
              spot,
              "makeCall",
              device.id,
              { called: number },
              t("caller.device.voiceMail"),
            )
          }
        >
          {t("caller.device.callVoiceMail")}
        </Button>
      )}
      {device.messagesWaiting && device.operations.includes("setMessageWaiting") && (
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={doing !== null}
          onClick={() => void desk.give(spot, "setMessageWaiting", device.id, { on: false })}
        >
          {t("caller.device.messagesOff")}
        </Button>
      )}
    </div>
  );
}
