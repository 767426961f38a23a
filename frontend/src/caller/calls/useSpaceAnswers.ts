import { useEffect, useRef } from "react";

/**
 * Space answers while a call rings. Where the keyboard stands on a button or in a field, Space is theirs;
 * a button that the mouse has left focused, and the empty search box, have no use for it.
 */
export function useSpaceAnswers(enabled: boolean, answer: () => void): void {
  const latest = useRef(answer);
  latest.current = answer;
  // As it was before the key: any key makes a browser show where the keyboard stands.
  const shown = useRef(false);
  useEffect(() => {
    const look = () => {
      shown.current = document.activeElement?.matches(":focus-visible") ?? false;
    };
    const afterKey = (event: KeyboardEvent) => event.code !== "Space" && look();
    look();
    document.addEventListener("focusin", look);
    document.addEventListener("keyup", afterKey);
    return () => {
      document.removeEventListener("focusin", look);
      document.removeEventListener("keyup", afterKey);
    };
  }, []);
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "Space" || event.repeat || event.ctrlKey || event.altKey || event.metaKey)
        return;
      const element = document.activeElement;
      if (wantsSpace(element, shown.current)) return;
      // Else the key would show it as the keyboard's place, and the next call's Space would be its.
      if (element instanceof HTMLElement && !shown.current) element.blur();
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [enabled]);
}

function wantsSpace(element: Element | null, shown: boolean): boolean {
  if (!(element instanceof HTMLElement) || element === document.body) return false;
  if (element instanceof HTMLInputElement) {
    return element.value !== "" || element.getAttribute("role") !== "combobox";
  }
  // What merely holds the keyboard's place does nothing with keys.
  return element.isContentEditable || (shown && element.tabIndex >= 0);
}
