import type { TFunction } from "i18next";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, NumberKind } from "../../shared/api/types.ts";
import { fieldLabel } from "../../shared/i18n/ownFields.ts";
import { useCulture } from "../../shared/time/culture.ts";
import { useNow } from "../../shared/time/now.ts";
import classes from "./Card.module.css";
import { type Part, directories, originWords, parts } from "./origins.ts";

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
  const [open, setOpen] = useState(false);
  const list = useId();
  if (contact.parts < 2 && !found.some((origin) => origin.synchronised !== null)) return null;
  return (
    <footer className={classes.origins}>
      {contact.parts > 1 && <p>{t("caller.card.merged", { count: contact.parts })}</p>}
      {found.map((origin) => (
        <p key={`${origin.directory} ${origin.synchronised}`}>
          {originWords(t, origin, now, zone)}
        </p>
      ))}
      <button
        type="button"
        className={classes.whence}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        onClick={() => setOpen(!open)}
      >
        {t("caller.card.whence")}
        {open ? <ChevronUp size={13} aria-hidden /> : <ChevronDown size={13} aria-hidden />}
      </button>
      {open && (
        <dl id={list} className={classes.whenceList}>
          {parts(contact).map((part) => (
            <div key={part.key} className={classes.fact}>
              <dt className={classes.kind}>{partName(t, part, contact)}</dt>
              <dd className={classes.text}>
                {part.value && <span className={classes.value}>{part.value}</span>}
                {originWords(t, part.origin, now, zone)}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </footer>
  );
}

/** What a part is called on the card. */
function partName(t: TFunction, { key, label }: Part, { fields }: Contact): string {
  const [kind = ""] = key.split(":");
  if (kind === "number") return t(`caller.numberType.${label as NumberKind}`);
  if (kind === "field") {
    return fieldLabel(t, label, fields.some((one) => one.own && one.label === label));
  }
  if (kind === "email") return t("caller.card.email");
  if (kind === "website") return t("caller.card.website");
  return t(`caller.card.parts.${kind as "lastName"}`);
}
