import { request } from "./client.ts";
import type { Contact, Found, NumberKind } from "./types.ts";
import type { FormFieldValue, SearchedDirectoryValue } from "./types.generated.ts";

export type FormField = FormFieldValue;

export type ContactFields = {
  firstName: string;
  lastName: string;
  company: string;
  emails: string[];
  website: string;
  fields: Record<string, string>;
  numbers: { kind: NumberKind; number: string }[];
};

/** What is looked for in single fields; `label` and `text` of a directory's own. Empty = nothing. */
export type Criteria = {
  lastName: string;
  firstName: string;
  companyName: string;
  number: string;
  email: string;
  directory: string;
  label: string;
  text: string;
};

export function searchContacts(
  q: string,
  limit: number,
  signal: AbortSignal,
  criteria?: Criteria,
): Promise<Contact[]> {
  const { label = "", text = "", ...more } = criteria ?? {};
  const field = label !== "" && text !== "" ? [`${label}=${text}`] : [];
  return request("GET", "/contacts", { query: { q, limit, ...more, field }, signal });
}

export function listSearchedDirectories(signal: AbortSignal): Promise<SearchedDirectoryValue[]> {
  return request("GET", "/contacts/directories", { signal });
}

export function reverseLookup(number: string, signal: AbortSignal): Promise<Found> {
  return request("GET", "/contacts/reverse", { query: { number }, signal });
}

export function getContact(id: string): Promise<Contact> {
  return request("GET", `/contacts/${encodeURIComponent(id)}`);
}

export function createContact(isPrivate: boolean, fields: ContactFields): Promise<Contact> {
  return request("POST", "/contacts", { body: { private: isPrivate, ...fields } });
}

export function updateContact(was: Contact, fields: ContactFields): Promise<Contact> {
  const path = `/contacts/${encodeURIComponent(was.id)}`;
  return request("PATCH", path, { body: { version: was.version, ...fields } });
}

export function deleteContact(was: Contact): Promise<void> {
  const path = `/contacts/${encodeURIComponent(was.id)}`;
  return request("DELETE", path, { query: { version: was.version } });
}
