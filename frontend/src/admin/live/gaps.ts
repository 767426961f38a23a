import { request } from "../../shared/api/client.ts";
import type { CallGapPageValue, CallGapValue } from "../../shared/api/types.generated.ts";

export type Gap = CallGapValue;
export type GapPage = CallGapPageValue;

const LINES = 10;

export function listCallGaps(
  company: string | null,
  domain: string | null,
  before: string | null,
  signal: AbortSignal,
): Promise<GapPage> {
  return request("GET", "/admin/call-gaps", {
    query: { company, domain, before, limit: LINES },
    signal,
  });
}
