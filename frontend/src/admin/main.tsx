import { startLanguages } from "../shared/i18n/index.ts";
import { openPage } from "../shared/ui/Page.tsx";
import { Administration } from "./Administration.tsx";

const opening = startLanguages({
  fr: async () => (await import("./words/fr.ts")).fr,
  en: async () => (await import("./words/en.ts")).en,
});
void opening.then(() => openPage(<Administration />));
