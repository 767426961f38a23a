const PLACE = "/api/v1/push-subscription";

/** Subscribes again, while the server still tells this browser: else nobody wants to be told here any more. */
export async function renewed(self: ServiceWorkerGlobalScope): Promise<void> {
  const answer = await fetch(PLACE, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) return;
  const { key, subscribed } = (await answer.json()) as { key: string | null; subscribed: boolean };
  if (!subscribed || key === null) return;
  const made = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  const { keys = {} } = made.toJSON();
  await fetch(PLACE, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ endpoint: made.endpoint, key: keys.p256dh, auth: keys.auth }),
    credentials: "same-origin",
  });
}
