import { useValue } from "./context.tsx";
import type { MyParametersValue } from "../api/types.generated.ts";

/** As they are now: a change is told at once. */
function useValues() {
  return useValue<MyParametersValue>("parameters")?.values;
}

/** Whether e-mails to who is signed in have a server to go by; taken for granted until it is known. */
export function useMailServer(): boolean {
  return useValue<MyParametersValue>("parameters")?.mailServer ?? true;
}

/** A parameter of TWS Caller, a text, as it is for who is signed in; null until it is known. */
export function useParameter(name: "MapServiceURL" | "vmNumber"): string | null {
  const value = useValues()?.[name];
  return typeof value === "string" ? value : null;
}

/** Whether a function is switched on for who is signed in; not until it is known. */
export function useAuthorised(
  name:
    | "AuthorizedAdvancedSearch"
    | "AuthorizedEmailNotification"
    | "AuthorizedMultiChat"
    | "DisplaySimpleRules"
    | "AuthorizedCustomMessagePresences"
    | "AuthorizeContactFavorite"
    | "AuthorizeHotKeys"
    | "AuthorizeHotKeysExe"
    | "AuthorizeNote"
    | "AuthorizePublicList",
): boolean {
  return useValues()?.[name] === true;
}
