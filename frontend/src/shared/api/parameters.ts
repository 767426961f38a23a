import { useQuery } from "@tanstack/react-query";
import { request } from "./client.ts";
import type { MyParametersValue } from "./types.generated.ts";

function useValues() {
  const found = useQuery({
    queryKey: ["parameters"],
    queryFn: ({ signal }) => request<MyParametersValue>("GET", "/parameters", { signal }),
  });
  return found.data?.values;
}

/** A parameter of TWS Caller, a text, as it is for who is signed in; null until it is known. */
export function useParameter(name: "MapServiceURL"): string | null {
  const value = useValues()?.[name];
  return typeof value === "string" ? value : null;
}

/** Whether a function is switched on for who is signed in; not until it is known. */
export function useAuthorised(
  name: "AuthorizedAdvancedSearch" | "AuthorizeContactFavorite" | "AuthorizePublicList",
): boolean {
  return useValues()?.[name] === true;
}
