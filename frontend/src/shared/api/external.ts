import { request } from "./client.ts";
import type {
  ExternalContactBody,
  ExternalContactValue,
  ExternalValue,
  SetExternalAccountBody,
} from "./types.generated.ts";

const PLACE = "/external-chat";

export function setAccount(body: SetExternalAccountBody): Promise<ExternalValue> {
  return request("PUT", `${PLACE}/account`, { body });
}

export function deleteAccount(): Promise<void> {
  return request("DELETE", `${PLACE}/account`);
}

export function addContact(body: ExternalContactBody): Promise<ExternalContactValue> {
  return request("POST", `${PLACE}/contacts`, { body });
}

export function deleteContact(id: string): Promise<void> {
  return request("DELETE", at(id));
}

export function answerContact(id: string, yes: boolean): Promise<void> {
  return request("PUT", `${at(id)}/answer`, { body: { yes } });
}

function at(id: string): string {
  return `${PLACE}/contacts/${encodeURIComponent(id)}`;
}
