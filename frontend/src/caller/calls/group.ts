import type { Call } from "../../shared/api/types.ts";

/** How the calls of one or more devices are laid out: one row each, a consultation as two joined rows. */
export type Row =
  | { kind: "ringing"; call: Call }
  | { kind: "single"; call: Call }
  | { kind: "consultation"; active: Call; held: Call };

const JOINING = ["transferCall", "conferenceCall", "alternateCall", "reconnectCall"] as const;

/** Ringing first, oldest on top; then what one talks on; then what waits. */
export function rows(calls: readonly Call[]): Row[] {
  const byAge = [...calls].sort((a, b) => a.created.localeCompare(b.created));
  const ringing = byAge.filter(isRinging);
  const rest = byAge.filter((call) => !isRinging(call));
  const taken = new Set<string>();
  const joined: Row[] = [];
  for (const active of rest.filter((call) => JOINING.some((o) => call.operations.includes(o)))) {
    const held = latestHeld(rest, active, taken);
    if (!held) continue;
    taken.add(active.connection).add(held.connection);
    joined.push({ kind: "consultation", active, held });
  }
  const alone = rest.filter((call) => !taken.has(call.connection));
  const single = (call: Call): Row => ({ kind: "single", call });
  return [
    ...ringing.map((call): Row => ({ kind: "ringing", call })),
    ...joined,
    ...alone.filter((call) => call.state !== "hold").map(single),
    ...alone.filter((call) => call.state === "hold").map(single),
  ];
}

export function isRinging(call: Call): boolean {
  return call.state === "alerting" && call.direction === "incoming";
}

/** Held last = consulted from; a call that was held before waits on its own. */
function latestHeld(calls: Call[], active: Call, taken: Set<string>): Call | undefined {
  return calls
    .filter((c) => c.state === "hold" && c.device === active.device && !taken.has(c.connection))
    .sort((a, b) => b.since.localeCompare(a.since))[0];
}

/** The far end rings: everybody else in the call is still to answer. */
export function ringsThere(call: Call): boolean {
  return (
    call.direction === "outgoing" &&
    call.state === "connected" &&
    call.parties.length > 0 &&
    call.parties.every((party) => party.state === "alerting")
  );
}

/** What the duration shown counts from. */
export function lifeBegan(call: Call): string {
  if (call.state === "hold" || call.state === "queued") return call.since;
  return call.answered ?? (call.late ? call.since : call.created);
}
