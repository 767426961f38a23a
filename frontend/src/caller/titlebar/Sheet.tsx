import { Button } from "@mantine/core";
import { Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { DeviceSheet } from "../devices/DeviceSheet.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { OwnPresence } from "../presence/OwnPresence.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { ProfileSwitch } from "../profiles/ProfileSwitch.tsx";
import { Rules } from "../rules/Rules.tsx";
import { useView } from "../view.tsx";
import classes from "./TitleBar.module.css";

/** Below one's name: how one is, the telephones and their forwarding, and the way to the preferences. */
export function Sheet({ onClose, onLeave }: { onClose: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  const me = useValue<Me>("me");
  const { devices } = usePhone();
  const { select } = useView();
  return (
    <>
      <p className={classes.who}>
        <strong>{me?.displayName}</strong>
        <span>{me ? `${me.company}, ${me.domain.name}` : ""}</span>
      </p>
      <OwnPresence presence={usePresence(me?.id)} />
      <ProfileSwitch />
      {devices.length === 0 && <p className={classes.quiet}>{t("caller.device.noneHelp")}</p>}
      {devices.map((each) => (
        <DeviceSheet key={each.id} device={each} />
      ))}
      <Rules />
      <div className={classes.foot}>
        <Button
          variant="default"
          leftSection={<Settings size={14} aria-hidden />}
          onClick={() => {
            onClose();
            select({ show: "preferences" });
          }}
        >
          {t("caller.prefs.title")}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t("signIn.signOut")}
        </Button>
      </div>
    </>
  );
}
