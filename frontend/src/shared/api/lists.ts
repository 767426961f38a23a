import { request } from "./client.ts";
import type { Contact } from "./types.ts";
import type { ContactListValue } from "./types.generated.ts";

export type ContactList = ContactListValue;
type Fields = { name?: string; public?: boolean; position?: number };

const address = (id: string) => `/contact-lists/${encodeURIComponent(id)}`;

export function contactLists(signal: AbortSignal): Promise<ContactList[]> {
  return request("GET", "/contact-lists", { signal });
}

export function contactsOfList(id: string, signal: AbortSignal): Promise<Contact[]> {
  return request("GET", `${address(id)}/contacts`, { signal });
}

export function createList(fields: Fields & { name: string }): Promise<ContactList> {
  return request("POST", "/contact-lists", { body: fields });
}

export function updateList(was: ContactList, fields: Fields): Promise<ContactList> {
  return request("PATCH", address(was.id), { body: { version: was.version, ...fields } });
}

export function deleteList(was: ContactList): Promise<void> {
  return request("DELETE", address(was.id), { query: { version: was.version } });
}

export function addToList(id: string, contact: string): Promise<ContactList> {
  return request("POST", `${address(id)}/contacts`, { body: { contacts: [contact] } });
}

export function removeFromList(id: string, contact: string): Promise<ContactList> {
  return request("DELETE", `${address(id)}/contacts`, { query: { contact } });
}

/** Those not named follow. */
export function orderList(id: string, version: number, contacts: string[]): Promise<ContactList> {
  return request("PUT", `${address(id)}/contacts`, { body: { version, contacts } });
}
