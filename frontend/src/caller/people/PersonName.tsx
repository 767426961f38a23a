import { useTranslation } from "react-i18next";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import type { Contact } from "../../shared/api/types.ts";
import { Vip } from "../face/Vip.tsx";
import { Brief } from "../presence/Brief.tsx";
import { usePhone } from "../phone/Phone.tsx";
import classes from "./People.module.css";

type Props = { person: Contact; presence: PresenceValue | undefined };

/** The name in a line, with what tells two of the same name apart, and why one cannot be had. */
export function PersonName({ person, presence }: Props) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const mine =
    person.user !== null && devices.some((d) => person.numbers[0]?.number === d.number);
  return (
    <span className={classes.name}>
      <span className={classes.first}>
        <span className={classes.words}>
          <InBold person={person} />
        </span>
        {person.vip !== null && (
          <span className={classes.vip}>
            <Vip vip={person.vip} brief />
          </span>
        )}
        {mine && <span className={classes.you}>{t("caller.people.you")}</span>}
      </span>
      {/* What is said of oneself stands in the title bar. */}
      {presence && !mine && <Brief presence={presence} className={classes.aside} />}
      {person.user === null && person.company !== person.displayName && (
        <span className={classes.aside}>{person.company}</span>
      )}
    </span>
  );
}

/** The list is in the order of family names: they are what the eye looks for. */
function InBold({ person }: { person: Contact }) {
  if (!person.lastName) return person.displayName;
  return (
    <>
      {person.firstName} <b className={classes.family}>{person.lastName}</b>
    </>
  );
}
