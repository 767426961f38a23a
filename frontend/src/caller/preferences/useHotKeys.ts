import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { getContact } from "../../shared/api/contacts.ts";
import type { HotKeyValue } from "../../shared/api/types.generated.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { usePreferences } from "../../shared/live/preferences.ts";
import { useDial } from "../phone/Phone.tsx";
import { combination } from "./combination.ts";

export const LAST = 11;
const NONE: readonly HotKeyValue[] = [];

export type HotKey = HotKeyValue & { name: string | null };

/** One's shortcuts, with whose numbers they call; none where they are not allowed. */
export function useHotKeys(): readonly HotKey[] {
  const allowed = useAuthorised("AuthorizeHotKeys");
  const keys = usePreferences()?.hotKeys ?? NONE;
  const names = useQueries({
    queries: keys.map(({ contact }) => ({
      queryKey: ["contacts", "one", contact],
      queryFn: () => getContact(contact ?? ""),
      enabled: allowed && contact !== null,
      retry: false,
    })),
    combine: (found) => found.map((one) => one.data?.displayName ?? null),
  });
  return allowed ? keys.map((key, at) => ({ ...key, name: names[at] ?? null })) : [];
}

/** Ctrl+F1 to Ctrl+F11 call their numbers, and a key of the user's choice what is selected: `selected` is
 * asked then. Where the helper of the desk holds a key, the page never sees it. */
export function useHotKeysCall(selected: () => { number: string; name: string } | null): void {
  const keys = useHotKeys();
  const allowed = useAuthorised("AuthorizeHotKeysExe");
  const chosen = usePreferences();
  const wanted = chosen?.selectedByKey ? chosen.selectedKeys : null;
  const dial = useDial();
  const onKey = (event: KeyboardEvent) => {
    const pressed = event.repeat ? null : combination(event);
    if (pressed === null) return;
    const key = keys.find((one) => `Ctrl+F${one.key}` === pressed);
    const called = key
      ? { number: key.number, name: key.name ?? key.number }
      : pressed === wanted && allowed
        ? selected()
        : null;
    if (!called) return;
    event.preventDefault();
    void dial(called.number, called.name);
  };
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    document.addEventListener("keydown", listen, true);
    return () => document.removeEventListener("keydown", listen, true);
  }, []);
}
