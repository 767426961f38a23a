import { startLanguages } from "../shared/i18n/index.ts";
import { openPage } from "../shared/ui/Page.tsx";
import { Administration } from "./Administration.tsx";
import { en } from "./words/en.ts";
import { fr } from "./words/fr.ts";
import { settingHelp } from "./words/settings.fr.ts";

startLanguages({ fr: { ...fr, settingHelp }, en });
openPage(<Administration />);
