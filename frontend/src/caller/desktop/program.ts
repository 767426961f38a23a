import { hearOfLinks } from "../asked/hearing.ts";

/** What a page needs to be a program of the computer, which calls it in the page's `language`. */
export function program(language: string): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=manifest]");
  if (link) link.href = `/manifest.${language}.webmanifest`;
  hearOfLinks();
  if ("serviceWorker" in navigator) void register();
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  } catch {
    // Refused by the browser's settings, or out of reach: the page works without.
  }
}
