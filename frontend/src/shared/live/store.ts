import { Store } from "../store.ts";
import type { Frame, Moment } from "./frames.ts";
import { type LiveAction, type LiveState, reduce, START } from "./reducer.ts";

/** The page's copy of the live state, and the moments that pass through it. */
export class LiveStore extends Store<LiveState> {
  private readonly listeners = new Set<(moment: Moment) => void>();

  constructor() {
    super(START);
  }

  dispatch(action: LiveAction): void {
    this.set(reduce(this.get(), action));
  }

  take(frame: Frame, at: number): void {
    const before = this.get().n;
    this.dispatch({ type: "frame", frame, at });
    if (frame.type !== "moment" || this.get().n === before) return;
    for (const listener of this.listeners) listener(frame.moment);
  }

  onMoment(listener: (moment: Moment) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
