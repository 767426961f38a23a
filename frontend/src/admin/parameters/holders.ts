import { type Choice, useChoices } from "../choices.ts";
import type { ParameterLevel } from "../rows.ts";

/** For whom a parameter can be set, by level; for the company there is nobody to choose. */
export function useHolders(): Record<ParameterLevel, Choice[]> {
  return { ...useChoices(), default: [] };
}
