import { useCallback } from "react";

/**
 * Keeps the keyboard's place. When the button or field that has it goes away, or can be used no more, what it
 * stood in has it: the part of the box that is marked with `pieces`, or the box. Both have a `tabIndex` of -1.
 */
export function useKeptFocus<E extends HTMLElement>(): (box: E | null) => (() => void) | undefined {
  return useCallback((box) => (box ? keep(box) : undefined), []);
}

/** The names of a part: whichever element has one of them later is the same part. */
export function pieces(...names: string[]): { "data-pieces": string; tabIndex: -1 } {
  return { "data-pieces": names.join(" "), tabIndex: -1 };
}

function keep(box: HTMLElement): () => void {
  let at: { element: HTMLElement; names: string[] } | null = null;
  const isLost = (element: HTMLElement) => !box.contains(element) || element.matches(":disabled");
  const onFocusIn = (event: FocusEvent) => {
    const element = event.target as HTMLElement;
    const names = element.closest<HTMLElement>("[data-pieces]")?.dataset.pieces ?? "";
    at = { element, names: names.split(" ").filter(Boolean) };
  };
  const onFocusOut = (event: FocusEvent) => {
    const left = event.target as HTMLElement;
    // Some browsers tell it of what is about to go: ask once it has.
    queueMicrotask(() => {
      if (at?.element === left && !isLost(left)) at = null;
    });
  };
  const look = () => {
    if (!at || !isLost(at.element)) return;
    const now = document.activeElement;
    if (now && now !== document.body && now !== at.element) {
      at = null;
      return;
    }
    const part = at.names
      .map((name) => box.querySelector<HTMLElement>(`[data-pieces~="${CSS.escape(name)}"]`))
      .find((element) => element !== null);
    (part ?? box).focus({ preventScroll: true });
  };
  const changes = new MutationObserver(look);
  changes.observe(box, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  box.addEventListener("focusin", onFocusIn);
  box.addEventListener("focusout", onFocusOut);
  return () => {
    changes.disconnect();
    box.removeEventListener("focusin", onFocusIn);
    box.removeEventListener("focusout", onFocusOut);
  };
}
