import { Popover, UnstyledButton } from "@mantine/core";
import { BellOff, ChevronDown } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../shared/api/types.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { ChatMenu } from "../chat/ChatMenu.tsx";
import { DeviceMarks } from "../devices/DeviceMarks.tsx";
import { GroupPickup } from "../devices/GroupPickup.tsx";
import { usePhone } from "../phone/Phone.tsx";
import { PresenceSign } from "../presence/PresenceSign.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { SearchBox } from "../search/SearchBox.tsx";
import { useQuiet } from "../preferences/useQuiet.ts";
import { OperatorButton } from "./OperatorButton.tsx";
import classes from "./TitleBar.module.css";
import { later } from "../../shared/later.ts";
import { surely } from "../../shared/surely.ts";

const sheet = () => import("./Sheet.tsx");
const Sheet = later(sheet, "Sheet");

/** Who one is, on which telephone, and the way to everybody else. */
export function TitleBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  // Not needed to take a call: fetched behind what is.
  useEffect(() => void surely(sheet), []);
  const me = useValue<Me>("me");
  const { device } = usePhone();
  const presence = usePresence(me?.id);
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
            {device && <DeviceMarks device={device} presence={presence} />}
            <span className={classes.name}>{me?.displayName ?? ""}</span>
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
          <Suspense>
            <Sheet onClose={() => setOpened(false)} onLeave={onLeave} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </header>
  );
}
