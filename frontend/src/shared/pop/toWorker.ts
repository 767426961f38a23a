/** What a page asks of the service worker, which shows notifications of calls in the order in which it hears of
 * them. */
export type ToWorker =
  | { ask: "show"; tag: string; title: string; options: NotificationOptions }
  | { ask: "close"; tag: string };
