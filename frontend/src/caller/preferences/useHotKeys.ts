import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { getContact } from "../../shared/api/contacts.ts";
import type { HotKeyValue } from "../../shared/api/types.generated.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";
import { usePreferences } from "../../shared/live/preferences.ts";
import { useDial } from "../phone/Phone.tsx";

export const LAST = 11;
const SELECTED = LAST + 1;
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

/** Ctrl+F1 to Ctrl+F11 call their numbers, Ctrl+F12 what is selected: `selected` is asked then. */
export function useHotKeysCall(selected: () => { number: string; name: string } | null): void {
  const keys = useHotKeys();
  const allowed = useAuthorised("AuthorizeHotKeysExe");
  const wanted = usePreferences()?.selectedByKey ?? false;
  const dial = useDial();
  const onKey = (event: KeyboardEvent) => {
    const { ctrlKey, altKey, shiftKey, metaKey } = event;
    if (!ctrlKey || altKey || shiftKey || metaKey || event.repeat) return;
    const pressed = Number(/^F(\d{1,2})$/.exec(event.key)?.[1] ?? 0);
    const key = keys.find((one) => one.key === pressed);
    const called = key
      ? { number: key.number, name: key.name ?? key.number }
      : pressed === SELECTED && allowed && wanted
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
