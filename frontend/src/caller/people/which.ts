import type { Source } from "../../shared/api/types.ts";

/** Of which kind people are shown, where no list is. */
export type Which = "all" | Source;

export const KINDS: readonly Which[] = ["all", "users", "public", "private"];
