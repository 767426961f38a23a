import { useTranslation } from "react-i18next";
import type { Contact } from "../../shared/api/types.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import classes from "./Card.module.css";
import { directories, originWords } from "./origins.ts";

/** Says of a part of a card where it comes from: for its tooltip. */
export function useOrigin(contact: Contact): (part: string) => string | undefined {
  const { t } = useTranslation();
  const zone = useCulture();
  const now = useNow(60_000);
  return (part) => {
    const origin = contact.origins[part];
    return origin?.directory ? originWords(t, origin, now, zone) : undefined;
  };
}

/** Which directories a card comes from; nothing where it was simply written in TWS. */
export function Origins({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const zone = useCulture();
  const now = useNow(60_000);
  const found = directories(contact);
  if (contact.parts < 2 && !found.some((origin) => origin.synchronised !== null)) return null;
  return (
    <footer className={classes.origins}>
      {contact.parts > 1 && <p>{t("caller.card.merged", { count: contact.parts })}</p>}
      {found.map((origin) => (
        <p key={`${origin.directory} ${origin.synchronised}`}>
          {originWords(t, origin, now, zone)}
        </p>
      ))}
    </footer>
  );
}
