import { Button } from "@mantine/core";
import { Download, Phone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "../../shared/store.ts";
import { offer } from "../desktop/offer.ts";
import classes from "./Preferences.module.css";

/** What makes a page a program of the computer, so far as this browser can. */
export function Desktop() {
  const { t } = useTranslation();
  const offered = useStore(offer);
  const handles = "registerProtocolHandler" in navigator;
  if (!offered && !handles) return null;
  return (
    <div className={classes.part}>
      {offered && (
        <div>
          <p className={classes.help}>{t("caller.desktop.installHelp")}</p>
          <Button
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => {
              // An offer is good for one question.
              offer.set(null);
              void offered.prompt();
            }}
          >
            {t("caller.desktop.install")}
          </Button>
        </div>
      )}
      {handles && <Links />}
    </div>
  );
}

/** Browsers ask their user, and tell no page what was answered. */
function Links() {
  const { t } = useTranslation();
  const [refused, setRefused] = useState(false);
  const register = () => {
    try {
      for (const scheme of ["tel", "sip"])
        navigator.registerProtocolHandler(scheme, `${location.origin}/?call=%s`);
      setRefused(false);
    } catch {
      // Over plain HTTP, or forbidden by a policy.
      setRefused(true);
    }
  };
  return (
    <div>
      <p className={classes.help}>{t("caller.desktop.linksHelp")}</p>
      <Button variant="default" leftSection={<Phone size={14} aria-hidden />} onClick={register}>
        {t("caller.desktop.links")}
      </Button>
      {refused && (
        <p role="alert" className={classes.wrong}>
          {t("caller.desktop.linksRefused")}
        </p>
      )}
    </div>
  );
}
