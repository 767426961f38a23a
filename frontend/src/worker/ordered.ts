import type { ToWorker } from "../shared/pop/toWorker.ts";

/**
 * Notifications of calls, one after the other: what is pushed has buttons and takes the place of what a page has
 * shown of the same call, never the other way round. A page that closes one closes what was asked for before.
 */
export class Ordered {
  readonly #registration: ServiceWorkerRegistration;
  #last: Promise<unknown> = Promise.resolve();

  constructor(registration: ServiceWorkerRegistration) {
    this.#registration = registration;
  }

  pushed(title: string, options: NotificationOptions): Promise<void> {
    return this.#next(() => this.#registration.showNotification(title, options));
  }

  asked(message: ToWorker): Promise<void> {
    return this.#next(async () => {
      const before = await this.#registration.getNotifications({ tag: message.tag });
      if (message.ask === "close") {
        for (const one of before) one.close();
      } else if (before.length === 0) {
        await this.#registration.showNotification(message.title, {
          ...message.options,
          tag: message.tag,
        });
      }
    });
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    // One that is refused keeps no other from being shown.
    this.#last = done.catch(() => undefined);
    return done;
  }
}
