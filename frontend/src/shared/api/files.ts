import { saveFile } from "./saveFile.ts";
import { download, request } from "./client.ts";
import type { ImportValue } from "./types.generated.ts";

/** Whose contacts: one's private ones, or the public ones of a domain, for administrators. */
export type Kept = { company?: string; domain?: string };
/** What is exported: those, or one contact, or a list. */
export type Exported = Kept | { contact: string } | { list: string };
export type ExportFormat = "vcard" | "csv";

/** Saved by the browser; false = there is nobody, and no file. `photos`: of a vCard. */
export async function exportContacts(
  format: ExportFormat,
  what: Exported,
  photos = false,
): Promise<boolean> {
  const more: Record<string, string> = photos && format === "vcard" ? { photos: "true" } : {};
  const file = await download("/contact-files", { format, ...what, ...more });
  if (file === null) return false;
  saveFile(format === "csv" ? "contacts.csv" : "contacts.vcf", file);
  return true;
}

export async function importFile(file: File, kept: Kept): Promise<ImportValue> {
  const content = base64(await file.arrayBuffer());
  const body = { content, private: kept.company === undefined };
  return request("POST", "/contact-files", { query: kept, body });
}

export function base64(content: ArrayBuffer): string {
  const bytes = new Uint8Array(content);
  let text = "";
  // In pieces: a call takes so many arguments only.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
