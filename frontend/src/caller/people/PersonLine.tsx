import { ChevronDown, ChevronUp, Phone, PhoneIncoming } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { dropTarget } from "../calls/carry.ts";
import { Unread } from "../chat/Unread.tsx";
import { Face } from "../face/Face.tsx";
import { personSource, personTarget } from "../lists/person.ts";
import { usePhone } from "../phone/Phone.tsx";
import { useIntercept } from "../presence/Intercept.tsx";
import { Pointed } from "../presence/Pointed.tsx";
import { NoSign, PresenceSign } from "../presence/PresenceSign.tsx";
import { usePresence } from "../presence/usePresence.ts";
import { preferred } from "../search/suggest.ts";
import { useView } from "../view.tsx";
import classes from "./People.module.css";
import { PersonName } from "./PersonName.tsx";

type Props = {
  person: Contact;
  /** Where the Tab key stops in the list. */
  stop: boolean;
  onStop: () => void;
  onCall: () => void;
  /** While the list is put in order: where the line stands. */
  carrying: { first: boolean; last: boolean } | null;
  onCarry: ((by: -1 | 1) => void) | undefined;
  /** Somebody is dropped here: his place is this one. */
  onPut: ((id: string) => void) | null;
};

/** A face, a name, the number that is called first: opens the card, calls, or takes a call dropped on it. */
export function PersonLine({ person, stop, onStop, onCall, carrying, onCarry, onPut }: Props) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  const { dialling } = usePhone();
  const number = preferred(person);
  const presence = usePresence(person.user);
  const take = useIntercept(person.user);
  const shown = selection?.show === "contact" && selection.id === person.id;
  return (
    <li
      className={classes.line}
      data-shown={shown || undefined}
      data-ordering={carrying !== null || undefined}
      {...personSource({ id: person.id, name: person.displayName })}
      {...personTarget(onPut)}
    >
      <button
        type="button"
        data-person
        className={classes.person}
        tabIndex={stop ? 0 : -1}
        onFocus={onStop}
        onClick={() => select({ show: "contact", id: person.id })}
        onDoubleClick={onCall}
        {...dropTarget(number ? { ...number, name: person.displayName } : null)}
      >
        <Pointed presence={presence}>
          <Face name={person.displayName} photo={person.photo} size="line" />
        </Pointed>
        {person.user !== null ? <PresenceSign presence={presence} /> : <NoSign />}
        <PersonName person={person} presence={presence} />
        <Unread user={person.user} />
        <span className={`number ${classes.number}`} title={number?.number}>
          {(number && numberWords(number)) ?? (person.numbers.length > 0 && t("caller.card.hidden"))}
        </span>
      </button>
      {carrying &&
        ([-1, 1] as const).map((by) => (
          <button
            key={by}
            type="button"
            className={classes.carry}
            disabled={!onCarry || (by < 0 ? carrying.first : carrying.last)}
            aria-label={t(by < 0 ? "caller.lists.up" : "caller.lists.down", {
              name: person.displayName,
            })}
            onClick={() => onCarry?.(by)}
          >
            {by < 0 ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
          </button>
        ))}
      {!carrying && take && (
        <button
          type="button"
          className={classes.take}
          aria-label={t("caller.presence.intercept", { name: person.displayName })}
          title={t("caller.presence.interceptShort")}
          onClick={take}
        >
          <PhoneIncoming size={13} aria-hidden />
        </button>
      )}
      {!carrying && !take && number && dialling !== "lacking" && (
        <button
          type="button"
          className={classes.call}
          tabIndex={-1}
          aria-label={t("caller.act.callNumber", {
            name: person.displayName,
            number: numberWords(number),
          })}
          title={t("caller.act.call")}
          onClick={onCall}
        >
          <Phone size={13} aria-hidden />
        </button>
      )}
    </li>
  );
}
