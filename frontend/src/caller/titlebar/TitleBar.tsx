import { Button, Popover, UnstyledButton } from "@mantine/core";
import { BellOff, ChevronDown, Settings } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { ChatMenu } from "../chat/ChatMenu.tsx";
import { DeviceMarks } from "../devices/DeviceMarks.tsx";
import { DeviceSheet } from "../devices/DeviceSheet.tsx";
import { GroupPickup } from "../devices/GroupPickup.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { OwnPresence } from "../presence/OwnPresence.tsx";
import { PresenceSign } from "../presence/PresenceSign.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { Rules } from "../rules/Rules.tsx";
import { SearchBox } from "../search/SearchBox.tsx";
import { initials } from "../face/initials.ts";
import { useQuiet } from "../preferences/useQuiet.ts";
import { useView } from "../view.tsx";
import { OperatorButton } from "./OperatorButton.tsx";
import classes from "./TitleBar.module.css";

/** Who one is, on which telephone, and the way to everybody else. */
export function TitleBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const me = useValue<Me>("me");
  const { device, devices } = usePhone();
  const presence = usePresence(me?.id);
  const { select } = useView();
  const quiet = useQuiet();
  const [opened, setOpened] = useState(false);
  const kept = useKeptFocus<HTMLDivElement>();
  return (
    <header className={classes.bar}>
      <h1 className="visually-hidden">{t("caller.title")}</h1>
      <SearchBox />
      <GroupPickup />
      <OperatorButton />
      <ChatMenu />
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width="min(360px, 100vw - 16px)"
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.me}
            aria-haspopup="dialog"
            onClick={() => setOpened(!opened)}
          >
            {!device && <PresenceSign presence={presence} />}
            {device && <DeviceMarks device={device} />}
            <span className={classes.name}>{me?.displayName ?? ""}</span>
            <abbr className={classes.initials} title={me?.displayName} aria-hidden>
              {initials(me?.displayName ?? "")}
            </abbr>
            <span className={`number ${classes.extension}`}>
              {device ? device.number : t("caller.device.none")}
            </span>
            {quiet && (
              <BellOff
                size={14}
                role="img"
                aria-label={t(`caller.alert.quietBy.${quiet}`)}
              />
            )}
            <ChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown
          ref={kept}
          className={classes.sheet}
          aria-label={t("caller.device.menu")}
        >
          <p className={classes.who}>
            <strong>{me?.displayName}</strong>
            <span>{me ? `${me.company}, ${me.domain.name}` : ""}</span>
          </p>
          <OwnPresence presence={presence} />
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
                setOpened(false);
                select({ show: "preferences" });
              }}
            >
              {t("caller.prefs.title")}
            </Button>
            <Button variant="default" onClick={onLeave}>
              {t("signIn.signOut")}
            </Button>
          </div>
        </Popover.Dropdown>
      </Popover>
    </header>
  );
}
