import { request } from "./client.ts";
import type { Contact, Found, NumberKind } from "./types.ts";

export type ContactFields = {
  firstName: string;
  lastName: string;
  company: string;
  email: string;
  numbers: { kind: NumberKind; number: string }[];
};

export function searchContacts(q: string, limit: number, signal: AbortSignal): Promise<Contact[]> {
  return request("GET", "/contacts", { query: { q, limit }, signal });
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
