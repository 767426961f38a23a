import { Store } from "../../shared/store.ts";

/** Chromium's own: that the page may be installed, and the question to put when somebody wants it. */
type Offer = Event & { prompt: () => Promise<unknown> };

/** Null = this browser offers no installation, or the page is installed already. */
export const offer = new Store<Offer | null>(null);

/** It is told once, early, and is offered among the preferences instead of over a call. */
export function awaitOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.set(event as Offer);
  });
  addEventListener("appinstalled", () => offer.set(null));
}
