import { useSyncExternalStore } from "react";

/** A value that components follow. Snapshots are compared by identity: change it by replacing it. */
export class Store<T> {
  private readonly followers = new Set<() => void>();

  private value: T;

  constructor(value: T) {
    this.value = value;
  }

  readonly get = (): T => this.value;

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const follower of this.followers) follower();
  }

  readonly subscribe = (follower: () => void): (() => void) => {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
