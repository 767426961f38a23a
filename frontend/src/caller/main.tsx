import { startLanguages } from "../shared/i18n/index.ts";
import { openPage } from "../shared/ui/Page.tsx";
import { Caller } from "./Caller.tsx";
import { en } from "./words/en.ts";
import { fr } from "./words/fr.ts";

startLanguages({ fr, en });
openPage(<Caller />);
