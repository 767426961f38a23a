import type { SentenceValue } from "../api/types.generated.ts";
import { say } from "./sentences.ts";

type Told = { why: string | null; sentence: SentenceValue | null };

/** Why a link is not up, in the reader's language; empty where nothing is said. */
export function linkWhy({ why, sentence }: Told): string {
  return sentence ? say({ words: why ?? "", ...sentence }) : (why ?? "");
}
