/**
 * The service worker: tells of calls while the page is hidden or closed (W3C Push API), and keeps nothing. It
 * answers no request in the place of the server, so that no page is older than the server that it speaks to.
 */
import type { ToWorker } from "../shared/pop/toWorker.ts";
import { clicked } from "./clicked.ts";
import { Ordered } from "./ordered.ts";
import { renewed } from "./renewed.ts";
import { type Pushed, shown } from "./shown.ts";

declare const self: ServiceWorkerGlobalScope;
const notifications = new Ordered(self.registration);

// A newer one takes the place of the one before at once: there is nothing of its that a page still needs.
self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  if (!event.data) return;
  const { title, options } = shown(event.data.json() as Pushed, navigator.language);
  event.waitUntil(notifications.pushed(title, options));
});

self.addEventListener("message", (event) =>
  event.waitUntil(notifications.asked(event.data as ToWorker)),
);

// The browser has given up the subscription that the server knows, for one in its place.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewed(self)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clicked(self, event.notification.data as Pushed, event.action));
});
