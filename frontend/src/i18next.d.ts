import type { fr as admin } from "./admin/words/fr.ts";
import type { fr as caller } from "./caller/words/fr.ts";
import type { helper } from "./caller/words/helper.fr.ts";
import type { fr as shared } from "./shared/i18n/fr.ts";

/** Keys are checked by the compiler; each page loads only its own words beside the shared ones. */
declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof shared & typeof caller & typeof admin & { helper: typeof helper } };
  }
}
