import type { ContactFields } from "../../shared/api/contacts.ts";
import type { Contact, NumberKind } from "../../shared/api/types.ts";

export type NumberLine = { key: number; kind: NumberKind; number: string };
export type EmailLine = { key: number; email: string };

/** A contact as it stands in the form; each line has a key of its own. */
export type Draft = {
  firstName: string;
  lastName: string;
  company: string;
  emails: EmailLine[];
  website: string;
  numbers: NumberLine[];
  /** The directory's own, by their labels. */
  fields: Record<string, string>;
};

/** The label of the field that marks important people. */
export const VIP = "[VIP]";

let lines = 0;

export function line(number = "", kind: NumberKind = "work"): NumberLine {
  lines += 1;
  return { key: lines, kind, number };
}

export function emailLine(email = ""): EmailLine {
  lines += 1;
  return { key: lines, email };
}

/** What a call tells of a stranger: a number, and a name as the PBX shows it. */
export function draftOfStranger(number: string, name: string): Draft {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  const last = rest.join(" ");
  return {
    firstName: last ? first : "",
    lastName: last || first,
    company: "",
    emails: [emailLine()],
    website: "",
    numbers: [line(number)],
    fields: {},
  };
}

export function draftOf(contact: Contact): Draft {
  const { firstName, lastName, company, website, vip } = contact;
  const numbers = contact.numbers.map((n) => line(n.number, n.kind));
  const emails = contact.emails.map(emailLine);
  return {
    firstName,
    lastName,
    company,
    website,
    emails: emails.length > 0 ? emails : [emailLine()],
    numbers: numbers.length > 0 ? numbers : [line()],
    fields: {
      ...Object.fromEntries(contact.fields.map(({ label, text }) => [label, text])),
      ...(vip !== null && { [VIP]: vip }),
    },
  };
}

/** `labels`: of the fields that the form has; the others stay as they are. */
export function fieldsOf(draft: Draft, labels: string[]): ContactFields {
  return {
    firstName: draft.firstName.trim(),
    lastName: draft.lastName.trim(),
    company: draft.company.trim(),
    emails: draft.emails.map(({ email }) => email.trim()).filter((email) => email !== ""),
    website: draft.website.trim(),
    numbers: draft.numbers
      .filter((n) => n.number.trim() !== "")
      .map(({ kind, number }) => ({ kind, number: number.trim() })),
    fields: Object.fromEntries(labels.map((label) => [label, draft.fields[label] ?? ""])),
  };
}

export function isNameless({ firstName, lastName, company }: Draft): boolean {
  return !firstName.trim() && !lastName.trim() && !company.trim();
}
