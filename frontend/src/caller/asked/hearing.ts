import { ask, kept } from "./asked.ts";
import { askedBy } from "./link.ts";

const NAME = "call";

/** Where the program that is installed is told of a link, without the page being loaded anew. */
type LaunchQueue = { setConsumer: (take: (launch: { targetURL?: string }) => void) => void };
declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}
let hearing = false;

/** Hear of links from now on; of the one by which the page was opened, too. */
export function hearOfLinks(): void {
  if (hearing) return;
  hearing = true;
  const first = inAddress() ?? kept();
  if (first !== null) ask(first);
  addEventListener("hashchange", () => {
    const found = inAddress();
    if (found !== null) ask(found);
  });
  window.launchQueue?.setConsumer(({ targetURL }) => {
    const found = targetURL === undefined ? null : wish(new URL(targetURL));
    if (found !== null) ask(found);
  });
}

/** It leaves the address at once: what is loaded again asks for nothing. */
function inAddress(): string | null {
  const url = new URL(location.href);
  const found = wish(url);
  if (found === null) return null;
  url.searchParams.delete(NAME);
  if (url.hash.startsWith(`#${NAME}=`)) url.hash = "";
  history.replaceState(history.state, "", url.pathname + url.search + url.hash);
  return found;
}

function wish(url: URL): string | null {
  const inHash = new URLSearchParams(url.hash.slice(1)).get(NAME);
  const link = url.searchParams.get(NAME) ?? inHash;
  return link === null ? null : askedBy(link);
}
