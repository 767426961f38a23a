import type { ContactFields } from "../../shared/api/contacts.ts";
import type { Contact, NumberKind } from "../../shared/api/types.ts";

/** A contact as it stands in the form; each number line has a key of its own. */
export type Draft = {
  firstName: string;
  lastName: string;
  company: string;
  email: string;
  numbers: { key: number; kind: NumberKind; number: string }[];
};

let lines = 0;

export function line(number = "", kind: NumberKind = "work"): Draft["numbers"][number] {
  lines += 1;
  return { key: lines, kind, number };
}

/** What a call tells of a stranger: a number, and a name as the PBX shows it. */
export function draftOfStranger(number: string, name: string): Draft {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  const last = rest.join(" ");
  return {
    firstName: last ? first : "",
    lastName: last || first,
    company: "",
    email: "",
    numbers: [line(number)],
  };
}

export function draftOf(contact: Contact): Draft {
  const { firstName, lastName, company, email } = contact;
  const numbers = contact.numbers.map((n) => line(n.number, n.kind));
  return { firstName, lastName, company, email, numbers: numbers.length > 0 ? numbers : [line()] };
}

export function fieldsOf(draft: Draft): ContactFields {
  return {
    firstName: draft.firstName.trim(),
    lastName: draft.lastName.trim(),
    company: draft.company.trim(),
    email: draft.email.trim(),
    numbers: draft.numbers
      .filter((n) => n.number.trim() !== "")
      .map(({ kind, number }) => ({ kind, number: number.trim() })),
  };
}

export function isNameless(draft: Draft): boolean {
  const { firstName, lastName, company } = fieldsOf(draft);
  return !firstName && !lastName && !company;
}
