import { request } from "../../shared/api/client.ts";
import { remove } from "../data.ts";
import type { ParameterValue } from "../rows.ts";
import { changesOf, type Setting } from "./values.ts";

const PLACE = "/admin/parameter-values";

export function valuesNow(company: string, parameter: string): Promise<ParameterValue[]> {
  return request("GET", PLACE, { query: { company, parameter } });
}

/** Makes what is stored of a parameter that of the form. */
export async function saveValues(
  company: string,
  parameter: string,
  stored: ParameterValue[],
  wanted: Setting[],
  /** Told of each before it is written: of the one that is refused last. */
  begin: (one: Setting) => void,
): Promise<void> {
  const { goes, comes } = changesOf(stored, wanted);
  for (const row of goes) await remove("parameter-values", row);
  for (const { level, who, value, version } of comes) {
    begin({ level, who, value });
    const holder = level === "default" ? { company } : { [level]: who };
    await request("PUT", PLACE, { body: { parameter, value, version, ...holder } });
  }
}
