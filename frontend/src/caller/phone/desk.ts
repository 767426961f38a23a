import { newKey } from "../../shared/api/key.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { type Order, type Orders, order } from "../../shared/api/telephony.ts";
import type { Problem } from "../../shared/api/types.ts";
import { Store } from "../../shared/store.ts";

/**
 * A place on the page where orders are given and their refusals said: a call, a device, the search box.
 * `doing`: the order under way. `problem`: why the last one failed.
 */
export type Spot = { doing: Order | null; about: string; problem: Problem | null };

export const QUIET: Spot = { doing: null, about: "", problem: null };

export type Outcome = { done: true; result: unknown } | { done: false };

const IGNORED: Outcome = { done: false };
/** A second press this soon after the first is the same gesture: a double click dials once. */
const SAME_GESTURE = 800;

type Deliver = typeof order;

/** Gives orders to the PBX, one at a time for each spot. */
export class Desk extends Store<Readonly<Record<string, Spot>>> {
  private readonly last = new Map<string, { told: string; at: number }>();
  private readonly deliver: Deliver;
  private readonly now: () => number;

  constructor(deliver: Deliver = order, now: () => number = Date.now) {
    super({});
    this.deliver = deliver;
    this.now = now;
  }

  spot(name: string): Spot {
    return this.get()[name] ?? QUIET;
  }

  /** `about` = whom or what it concerns, for the words beside it. */
  async give<O extends Order>(
    spot: string,
    operation: O,
    device: string,
    told: Orders[O],
    about = "",
  ): Promise<Outcome> {
    if (this.spot(spot).doing) return IGNORED;
    const gesture = JSON.stringify([operation, device, told]);
    const last = this.last.get(spot);
    if (last?.told === gesture && this.now() - last.at < SAME_GESTURE) return IGNORED;
    this.put(spot, { doing: operation, about, problem: null });
    try {
      const result = await this.deliver(operation, device, told, newKey());
      this.last.set(spot, { told: gesture, at: this.now() });
      this.put(spot, QUIET);
      return { done: true, result };
    } catch (error) {
      this.put(spot, { doing: null, about, problem: problemOf(error) });
      return { done: false };
    }
  }

  forgive(spot: string): void {
    if (this.spot(spot).problem) this.put(spot, QUIET);
  }

  /** Spots of calls that are over say nothing more. */
  keep(alive: (spot: string) => boolean): void {
    const entries = Object.entries(this.get());
    const kept = entries.filter(([name, spot]) => spot.doing || alive(name));
    if (kept.length < entries.length) this.set(Object.fromEntries(kept));
    for (const name of this.last.keys()) if (!alive(name)) this.last.delete(name);
  }

  private put(name: string, spot: Spot): void {
    this.set({ ...this.get(), [name]: spot });
  }
}
