import { useRef, useSyncExternalStore } from "react";

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

/** What `select` makes of it: who shows that is not disturbed by the rest, as long as it is the `same`. */
export function useSelected<T, S>(
  store: Store<T>,
  select: (value: T) => S,
  same: (before: S, after: S) => boolean = Object.is,
): S {
  const last = useRef<{ selected: S } | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const selected = select(store.get());
    if (last.current === null || !same(last.current.selected, selected)) last.current = { selected };
    return last.current.selected;
  });
}

/** Whether two lists have the same things in the same order. */
export function sameList<E>(before: readonly E[], after: readonly E[]): boolean {
  return before.length === after.length && before.every((each, n) => Object.is(each, after[n]));
}
