import { useEffect, useRef } from "react";

/**
 * Space answers while a call rings. Where the keyboard stands on a button or in a field, Space is theirs;
 * a button that the mouse has left focused, and the empty search box, have no use for it.
 */
export function useSpaceAnswers(enabled: boolean, answer: () => void): void {
  const latest = useRef(answer);
  latest.current = answer;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "Space" || event.repeat || event.ctrlKey || event.altKey || event.metaKey)
        return;
      if (wantsSpace(document.activeElement)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [enabled]);
}

function wantsSpace(element: Element | null): boolean {
  if (!(element instanceof HTMLElement) || element === document.body) return false;
  if (element instanceof HTMLInputElement) {
    return element.value !== "" || element.getAttribute("role") !== "combobox";
  }
  return element.isContentEditable || element.matches(":focus-visible");
}
