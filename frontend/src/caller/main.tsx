import { startLanguages } from "../shared/i18n/index.ts";
import { openPage } from "../shared/ui/Page.tsx";
import { Caller } from "./Caller.tsx";
import { awaitOffer } from "./desktop/offer.ts";
import { surely } from "../shared/surely.ts";

const opening = startLanguages({
  fr: async () => (await import("./words/fr.ts")).fr,
  en: async () => (await import("./words/en.ts")).en,
});
awaitOffer();
// Before somebody signs in: a way of doing so may lead elsewhere and back.
if (/[?#&]call=/.test(location.href))
  void surely(() => import("./asked/hearing.ts")).then(({ hearOfLinks }) => hearOfLinks());
void opening.then(() => openPage(<Caller />));
