import { startLanguages } from "../shared/i18n/index.ts";

startLanguages({ fr: {}, en: {} });
