import { request } from "../../shared/api/client.ts";
import type { PushSubscriptionValue } from "../../shared/api/types.generated.ts";

const PLACE = "/push-subscription";

/** What the browser can: `impossible` without HTTPS, or where it has no push messages. */
export const canBePushed =
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Told of calls from now on. Raises ApiError of the server, DOMException of the browser. */
export async function subscribe(): Promise<void> {
  const { key } = await request<PushSubscriptionValue>("GET", PLACE);
  const manager = await pushManager();
  // One that was made for another server's key, or for somebody else, is worth nothing here.
  await (await manager.getSubscription())?.unsubscribe();
  const made = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await request<PushSubscriptionValue>("PUT", PLACE, { body: told(made) });
}

/** Told of none any more: the server knows it first, so that nothing is sent into the void. */
export async function unsubscribe(): Promise<void> {
  await request("DELETE", PLACE);
  await (await (await pushManager()).getSubscription())?.unsubscribe();
}

/**
 * After signing in: the browser is told of the calls of whoever wished it here, and of nobody else's. `wished` =
 * it is the one who signed in.
 */
export async function reconcile(wished: boolean): Promise<void> {
  if (!canBePushed) return;
  const has = (await (await pushManager()).getSubscription()) !== null;
  if (!wished && !has) return;
  const { key, subscribed } = await request<PushSubscriptionValue>("GET", PLACE);
  if (!wished) await unsubscribe();
  else if (key !== null && Notification.permission === "granted" && !(has && subscribed))
    await subscribe();
}

async function pushManager(): Promise<PushManager> {
  return (await navigator.serviceWorker.ready).pushManager;
}

function told(subscription: PushSubscription): { endpoint: string; key: string; auth: string } {
  const { keys = {} } = subscription.toJSON();
  return { endpoint: subscription.endpoint, key: keys.p256dh ?? "", auth: keys.auth ?? "" };
}
