import { request } from "./client.ts";
import type { ImportValue } from "./types.generated.ts";

/** Whose contacts: one's private ones, or the public ones of a domain, for administrators. */
export type Kept = { company?: string; domain?: string };

export function exportAddress(format: "vcard" | "csv", kept: Kept, photos: boolean): string {
  const more: Record<string, string> = photos && format === "vcard" ? { photos: "true" } : {};
  return `/api/v1/contact-files?${new URLSearchParams({ format, ...kept, ...more })}`;
}

export async function importFile(file: File, kept: Kept): Promise<ImportValue> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  // In pieces: a call takes so many arguments only.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const body = { content: btoa(text), private: kept.company === undefined };
  return request("POST", "/contact-files", { query: kept, body });
}
