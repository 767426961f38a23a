/** Whom the parts of a page show, and so whose presence the server is to tell. */
export class Watching {
  private readonly shown = new Map<string, number>();
  private told = "";
  private soon: ReturnType<typeof setTimeout> | undefined;
  private readonly tell: (users: string[]) => void;

  /** `tell`: hears of all of them, some time after they became others. */
  constructor(tell: (users: string[]) => void) {
    this.tell = tell;
  }

  /** Watch these until the function that is returned is called. */
  watch(users: readonly string[]): () => void {
    for (const user of users) this.shown.set(user, (this.shown.get(user) ?? 0) + 1);
    this.later();
    return () => {
      for (const user of users) {
        const left = (this.shown.get(user) ?? 0) - 1;
        if (left > 0) this.shown.set(user, left);
        else this.shown.delete(user);
      }
      this.later();
    };
  }

  /** Those watched now, for a hello: no more than the server takes, the oldest first. */
  now(): string[] {
    const users = [...this.shown.keys()].slice(0, MOST_WATCHED);
    this.told = users.join();
    return users;
  }

  /** A list that scrolls, or is filtered, changes often: it is told once it rests. */
  private later(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      const before = this.told;
      const users = this.now();
      if (this.told !== before) this.tell(users);
    }, REST);
  }
}

/** As many as the server takes. */
export const MOST_WATCHED = 1000;
const REST = 60;
