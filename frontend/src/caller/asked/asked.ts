import { Store } from "../../shared/store.ts";

const KEPT = "tws.call";

/**
 * The number that a link asks to call, `/?call=tel:...`, until the search box has it. A link never dials: a page
 * of the web must not be able to ring.
 */
export const asked = new Store<string | null>(null);

/** It is asked for; null = the search box has it. It outlives a way of signing in that leads elsewhere. */
export function ask(number: string | null): void {
  asked.set(number);
  try {
    if (number === null) sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, number);
  } catch {
    // Storage may be forbidden: it is known until the page is left.
  }
}

export function kept(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
