import type { PopValue } from "../api/types.generated.ts";
import { isOwn } from "./frames.ts";

/** Of a template, in a notification. */
const MOST = 6;

export type Notice = { lines: string[]; icon: string | null };

/** What a card says, as a notification can say it: its texts from above to below, and a picture of this
 * server's. Null while nobody knows who calls, and for a page. */
export function noticeOf(pop: PopValue): Notice | null {
  if (pop.mode !== "XML" || !pop.settled) return null;
  const drawn = [...pop.elements].sort((one, other) => one.y - other.y || one.x - other.x);
  const lines = drawn.filter(({ kind }) => kind === "text").map(({ text }) => text);
  const picture = drawn.find(({ kind, address }) => kind === "image" && isOwn(address));
  return { lines: lines.slice(0, MOST), icon: picture?.address ?? null };
}
