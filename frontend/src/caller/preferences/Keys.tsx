import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./Preferences.module.css";

/** What the keyboard does on the page. */
export function Keys() {
  const { t } = useTranslation();
  const lacking = usePhone().dialling === "lacking";
  return (
    <div>
      <h4 className={classes.title}>{t("caller.prefs.keys")}</h4>
      <dl className={classes.keys}>
        <dt>
          <Kbd size="xs">/</Kbd>
        </dt>
        <dd>{t(lacking ? "caller.prefs.keyOnlySearch" : "caller.prefs.keySearch")}</dd>
        {!lacking && <DiallingKeys />}
        <dt>
          <Kbd size="xs">{t("caller.act.spaceAnswers")}</Kbd>
        </dt>
        <dd>{t("caller.prefs.keyAnswer")}</dd>
      </dl>
    </div>
  );
}

function DiallingKeys() {
  const { t } = useTranslation();
  return (
    <>
      <dt>
        <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyEnter")}</dd>
      <dt>
        <Kbd size="xs">Alt</Kbd> <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyAltEnter")}</dd>
      <dt>
        <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">{t("caller.prefs.enter")}</Kbd>
      </dt>
      <dd>{t("caller.prefs.keyCtrlEnter")}</dd>
    </>
  );
}
