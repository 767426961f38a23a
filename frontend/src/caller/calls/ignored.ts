import { Store, useStore } from "../../shared/store.ts";

/** Calls that ring on, but are to disturb no more, by their connection. */
const ignored = new Store<ReadonlySet<string>>(new Set());

export function useIgnored(): ReadonlySet<string> {
  return useStore(ignored);
}

export function ignore(connection: string): void {
  ignored.set(new Set([...ignored.get(), connection]));
}

export function showAgain(connection: string): void {
  ignored.set(new Set([...ignored.get()].filter((other) => other !== connection)));
}
