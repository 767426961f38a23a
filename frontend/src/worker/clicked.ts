import { ASKED, type Pushed } from "./shown.ts";

/**
 * A button asks the server, with the session of this browser; the notification itself leads to the page. So does
 * a button whose wish is not granted: the session may be over, the call taken elsewhere.
 */
export async function clicked(
  self: ServiceWorkerGlobalScope,
  pushed: Pushed,
  action: string,
): Promise<void> {
  const operation = ASKED[action];
  if (operation === undefined || !(await asked(pushed, operation))) await opened(self);
}

/** The leg and the wish are the key: pressed twice, on two screens, it is done once. */
async function asked(pushed: Pushed, operation: string): Promise<boolean> {
  try {
    const answer = await fetch(`/api/v1/telephony/${operation}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": `push-${operation}-${pushed.leg}`,
      },
      body: JSON.stringify({ device: pushed.device, connection: pushed.leg }),
      credentials: "same-origin",
    });
    return answer.ok;
  } catch {
    // Out of reach: the page says so, and tries again.
    return false;
  }
}

/** The page that is open comes to the front; none: one is opened. */
async function opened(self: ServiceWorkerGlobalScope): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((each) => new URL(each.url).pathname === "/");
  if (page) await page.focus();
  else await self.clients.openWindow("/");
}
