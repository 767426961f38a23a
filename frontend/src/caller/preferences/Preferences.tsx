import { CloseButton, Tabs } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useView } from "../view.tsx";
import { Accounts } from "./Accounts.tsx";
import { Profiles } from "../profiles/Profiles.tsx";
import { Alert } from "./Alert.tsx";
import { External } from "./External.tsx";
import { General } from "./General.tsx";
import classes from "./Preferences.module.css";
import { Theme } from "./Theme.tsx";

const PARTS = ["general", "theme", "contact", "alert", "profiles"] as const;
type Part = (typeof PARTS)[number];

/** Préférences, with the menus of the guide. It stands where cards do: a call that rings is above it. */
export function Preferences({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { select } = useView();
  const [part, setPart] = useState<Part>("general");
  const kept = useKeptFocus<HTMLElement>();
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    tabs.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }, []);
  return (
    <section
      ref={kept}
      className={classes.region}
      aria-label={t("caller.prefs.title")}
      tabIndex={-1}
    >
      <div className={classes.head}>
        <h2>{t("caller.prefs.title")}</h2>
        <CloseButton
          size="sm"
          aria-label={t("close")}
          title={t("close")}
          onClick={() => select(null)}
        />
      </div>
      <Tabs value={part} onChange={(value) => setPart(value as Part)} keepMounted={false}>
        <Tabs.List ref={tabs} className={classes.tabs}>
          {PARTS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`caller.prefs.parts.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general" className={classes.prefs}>
          <General onLeave={onLeave} />
        </Tabs.Panel>
        <Tabs.Panel value="theme" className={classes.prefs}>
          <Theme />
        </Tabs.Panel>
        <Tabs.Panel value="contact" className={classes.prefs}>
          <Accounts />
          <External />
        </Tabs.Panel>
        <Tabs.Panel value="alert" className={classes.prefs}>
          <Alert />
        </Tabs.Panel>
        <Tabs.Panel value="profiles" className={classes.prefs}>
          <Profiles />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
