const AGAIN = 2_000;

/** What is fetched later, also from a server that is away just now: it is asked for again until it comes. */
export async function surely<T>(fetching: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await fetching();
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN));
      // A style that did not come is not asked for by itself again.
      for (const link of document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")) {
        if (link.sheet === null) link.replaceWith(link.cloneNode());
      }
    }
  }
}
