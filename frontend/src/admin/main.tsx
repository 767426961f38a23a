import { startLanguages } from "../shared/i18n/index.ts";
import { openPage } from "../shared/ui/Page.tsx";
import { Administration } from "./Administration.tsx";

const opening = startLanguages({
  fr: async () => {
    const [{ fr }, { settingHelp }] = await Promise.all([
      import("./words/fr.ts"),
      import("./words/settings.fr.ts"),
    ]);
    return { ...fr, settingHelp };
  },
  en: async () => (await import("./words/en.ts")).en,
});
void opening.then(() => openPage(<Administration />));
