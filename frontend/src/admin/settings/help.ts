import i18next from "i18next";
import { surely } from "../../shared/surely.ts";

let asked = false;

/** The French of the help of settings, fetched when a form of settings is first opened: what is
 * shown is then shown again. English is what the server says. */
export function fetchSettingHelp(): void {
  if (asked || i18next.language !== "fr") return;
  asked = true;
  void surely(() => import("../words/settings.fr.ts")).then(({ settingHelp }) =>
    i18next.addResourceBundle("fr", "translation", { settingHelp }, true),
  );
}
