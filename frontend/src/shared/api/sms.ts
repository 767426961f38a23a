import { request } from "./client.ts";
import type { SmsBody, SmsPageValue, SmsValue } from "./types.generated.ts";

export type Sms = SmsValue;

/** Each has a key of its own: one that is sent again with it goes once. */
export function sendSms(body: SmsBody): Promise<Sms> {
  return request("POST", "/sms", { body });
}

export function listSms(number: string, limit: number, signal: AbortSignal): Promise<SmsPageValue> {
  return request("GET", "/sms", { query: { number, limit }, signal });
}
