import type { ExternalContactValue, ExternalValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";

/** One's account with people outside, and who is known there; undefined = one may not. */
export function useExternal(): ExternalValue | undefined {
  return useValue<ExternalValue>("external");
}

export function useExternalContact(id: string): ExternalContactValue | undefined {
  return useExternal()?.contacts.find((one) => one.id === id);
}
