import { useQuery } from "@tanstack/react-query";
import { request } from "./client.ts";
import type { MyParametersValue } from "./types.generated.ts";

/** A parameter of TWS Caller, a text, as it is for who is signed in; null until it is known. */
export function useParameter(name: "MapServiceURL"): string | null {
  const found = useQuery({
    queryKey: ["parameters"],
    queryFn: ({ signal }) => request<MyParametersValue>("GET", "/parameters", { signal }),
  });
  const value = found.data?.values[name];
  return typeof value === "string" ? value : null;
}
