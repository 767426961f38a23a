import type { ToWorker } from "../../shared/pop/toWorker.ts";

/** A notification by the worker: with what is pushed of the same call it is one, not two beside each other. */
export function showByWorker(tag: string, title: string, options: NotificationOptions): void {
  tell({ ask: "show", tag, title, options });
}

export function closeByWorker(tag: string): void {
  tell({ ask: "close", tag });
}

function tell(message: ToWorker): void {
  void navigator.serviceWorker.ready.then((worker) => worker.active?.postMessage(message));
}
