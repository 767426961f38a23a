/** A notification by the worker: what is pushed of the same call takes its place, instead of standing beside it. */
export async function showByWorker(title: string, options: NotificationOptions): Promise<void> {
  await (await navigator.serviceWorker.ready).showNotification(title, options);
}

export async function closeByWorker(tag: string): Promise<void> {
  const worker = await navigator.serviceWorker.ready;
  for (const shown of await worker.getNotifications({ tag })) shown.close();
}
