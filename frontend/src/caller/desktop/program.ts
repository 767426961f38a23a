import { hearOfLinks } from "../asked/hearing.ts";
import { reconcile } from "./push.ts";

/** What a page needs to be a program of the computer, which calls it in the page's `language`. */
export function program(language: string): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]");
  if (link) link.href = `/manifest.${language}.webmanifest`;
  hearOfLinks();
}

/** Keeps the worker, by which the browser is told of calls: of those of whoever `wished` it here. */
export async function worker(wished: boolean): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    await reconcile(wished);
  } catch {
    // Refused by the browser's settings, or out of reach: the page works without, and says in the
    // preferences whether it is told.
  }
}
