import type { Contact, ContactNumber, Found, NumberKind } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { type Also, alsoOf } from "./also.ts";

/** One line that can be called; or, where its number is hidden, only be looked at. */
export type Suggestion = {
  key: string;
  /** As it is given to the server, which reads it with the dial plan; empty = hidden. */
  number: string;
  display: string;
  name: string | null;
  company: string | null;
  kind: NumberKind | null;
  contact: Contact | null;
  /** What was typed, dialled as it is; `dials` = what the PBX will be sent. */
  typed: boolean;
  dials: string | null;
  /** What would be sent has more digits than any number in the world. */
  tooLong: boolean;
  /** How many numbers the contact has besides. */
  others: number;
  /** A line below its contact's first one. */
  further: boolean;
  /** Who else has what was typed. */
  also: Also | null;
};

const LINK = /^\s*(?:tel|callto|t[eé]l(?:[eé]phone)?|phone)\s*[.:]+\s*(?:\/\/)?/i;
const BETWEEN = /[;|&,/]|\b(?:ou|or|et|and|und)\b/i;
const EXTENSION =
  /[\s.]*\(?\s*(?:(?<![a-z])(?:poste|post|pst|p|extension|ext|x|int|dw)[\s.:=]*(?:n[°o]\s*)?)\d{1,8}#?\s*\)?\s*$/i;

/** Whether what was typed or pasted is a number, or several, in whatever form people write them: with
 * an extension too. Which ones it is the server says. */
export function isNumber(text: string): boolean {
  const parts = text.replace(LINK, "").split(BETWEEN).map(bare);
  return parts.some((part) => part !== "") && parts.every((part) => part === "" || DIALLED.test(part));
}

const DIALLED = /^\+?[0-9*#]+$/;

function bare(part: string): string {
  const number = part.replace(/^[\s.]*(?:poste|extension|ext|x)[\s.:=]*(?=\d)/i, "");
  return number.replace(EXTENSION, "").replace(/[\s().\-\u00a0\u202f]/g, "");
}

/** On the red list: there is one, which nobody but administrators may see, nor call by a click. */
export function isHidden(number: ContactNumber): boolean {
  return number.number === "";
}

/** Which number of a card is called first: the extension or the office, then the pocket. */
export function preferred(contact: Contact): ContactNumber | undefined {
  return contact.numbers.find((number) => !isHidden(number));
}

/**
 * The lines for what was typed: the number itself, or each of several, then the contacts. `open` is the contact
 * whose numbers are all listed; `each` is what is known of several numbers, in their order; `me` is who looks,
 * whom nobody means before all others.
 */
export function suggestions(
  text: string,
  contacts: readonly Contact[],
  found: Found | null,
  open: string | null,
  each: readonly (Found | null)[] = [],
  me: string | null = null,
): Suggestion[] {
  const several = found?.several ?? [];
  const lines: Suggestion[] = several.map((number, at) => ({
    ...typedLine(number, each[at] ?? null),
    key: `typed/${at}`,
  }));
  // What may be several is offered once the server has said that it is one.
  if (isNumber(text) && several.length === 0 && (found || !BETWEEN.test(text.replace(LINK, ""))))
    lines.push(typedLine(text.trim(), found));
  const own = (contact: Contact) => me !== null && contact.user === me;
  for (const contact of [...contacts.filter((one) => !own(one)), ...contacts.filter(own)]) {
    const first = preferred(contact) ?? contact.numbers[0];
    if (!first || (found?.match?.contact.id === contact.id && contact.numbers.length === 1))
      continue;
    const callable = contact.numbers.filter((number) => !isHidden(number));
    const listed = open === contact.id && callable.length > 0 ? callable : [first];
    const others = Math.max(0, callable.length - 1);
    lines.push(...listed.map((number, at) => contactLine(contact, number, at, others)));
  }
  return lines;
}

/** Where nothing can be dialled: whose cards can be opened, one line each. */
export function cardsOnly(lines: readonly Suggestion[]): Suggestion[] {
  return lines
    .filter((line) => line.contact && !line.further)
    .map((line) => ({ ...line, dials: null, others: 0 }));
}

function typedLine(text: string, found: Found | null): Suggestion {
  const match = found?.match ?? null;
  return {
    key: "typed",
    number: text,
    display: text,
    name: match?.name ?? null,
    company: match?.company ?? null,
    kind: match?.kind ?? null,
    contact: match?.contact ?? null,
    typed: true,
    dials: found?.dials ?? null,
    tooLong: found?.tooLong ?? false,
    others: 0,
    further: false,
    also: alsoOf(match),
  };
}

function contactLine(
  contact: Contact,
  number: ContactNumber,
  at: number,
  others: number,
): Suggestion {
  return {
    key: `${contact.id}/${at}`,
    number: number.number,
    display: numberWords(number),
    name: contact.displayName,
    company: contact.company || null,
    kind: number.kind,
    contact,
    typed: false,
    dials: null,
    tooLong: false,
    others,
    further: at > 0,
    also: null,
  };
}
