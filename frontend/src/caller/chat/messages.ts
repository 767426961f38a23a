import type { ChatHistoryValue, ChatMessageValue } from "../../shared/api/types.generated.ts";
import { dayKey } from "../../shared/time/clock.ts";

export type Message = ChatMessageValue;

/** A piece of a message's text: plain, or an address that can be opened. */
export type Piece = { text: string; href: string | null };

const ADDRESS = /https?:\/\/[^\s<>"'\u0000-\u001f\u202a-\u202e\u2066-\u2069]+/gi;
/** What ends a sentence and no address. */
const BEHIND = /[.,;:!?…»”’)\]}]+$/;

/** Addresses of the web, and nothing else, become links. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    if (!isAddress(address)) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index), href: null });
    found.push({ text: address, href: address });
    at = match.index + address.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), href: null });
  return found;
}

/** A bracket that the address opened itself belongs to it. */
function trimmed(address: string): string {
  const end = BEHIND.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - end.length);
  return end.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function isAddress(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** Oldest first, each once, whichever way it came. */
export function inOrder(...parts: readonly (readonly Message[])[]): Message[] {
  const byId = new Map(parts.flat().map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function byDay(messages: readonly Message[], timeZone: string | undefined): Message[][] {
  return [...Map.groupBy(messages, (one) => dayKey(one.sent, timeZone)).values()];
}

/** The last of one's own messages that the other has read. */
export function lastRead(messages: readonly Message[], me: string, upto: string): string | null {
  return messages.findLast((one) => one.sender === me && one.id <= upto)?.id ?? null;
}

/** Of what the server has, whether it goes on above. */
export function before(pages: readonly ChatHistoryValue[]): string | null {
  return pages.at(-1)?.before ?? null;
}

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** By its content, as the server found it. */
export function isPicture(type: string): boolean {
  return PICTURES.includes(type);
}
