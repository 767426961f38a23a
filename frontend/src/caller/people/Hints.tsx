import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePhone } from "../phone/Phone.tsx";
import { useView } from "../view.tsx";
import classes from "./Hints.module.css";

/** What to do while nothing is chosen. */
export function Hints() {
  const { t } = useTranslation();
  const { calls, dialling } = usePhone();
  const { operator } = useView();
  if (calls.length > 0 || operator) return null;
  return (
    <div className={classes.hints}>
      <p>{t("caller.card.none")}</p>
      <dl className={classes.keys}>
        <dt>
          <Kbd>/</Kbd>
        </dt>
        <dd>
          {t(dialling === "lacking" ? "caller.prefs.keyOnlySearch" : "caller.prefs.keySearch")}
        </dd>
        {dialling !== "lacking" && (
          <>
            <dt>
              <Kbd>{t("caller.prefs.enter")}</Kbd>
            </dt>
            <dd>{t("caller.prefs.keyEnter")}</dd>
          </>
        )}
        <dt>
          <Kbd>{t("caller.act.spaceAnswers")}</Kbd>
        </dt>
        <dd>{t("caller.prefs.keyAnswer")}</dd>
      </dl>
    </div>
  );
}
