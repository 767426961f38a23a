import type { TFunction } from "i18next";
import type { Call } from "../../shared/api/types.ts";
import { causeWords } from "../../shared/i18n/problem.ts";
import { isRinging, ringsThere } from "./group.ts";

type Named = {
  name?: string | null;
  display?: string | null;
  number?: string | null;
  restricted?: boolean;
};

/** Who it is, as well as is known. */
export function whoIs(t: TFunction, party: Named | null | undefined): string {
  if (!party) return t("unknown");
  if (party.restricted) return t("withheld");
  return party.name || party.display || party.number || t("unknown");
}

/** The others in a call, in one line. */
export function callName(t: TFunction, call: Call): string {
  if (call.parties.length > 0) return call.parties.map((party) => whoIs(t, party)).join(", ");
  return call.direction === "outgoing" ? t("caller.calls.noParty") : t("unknown");
}

export function stateWords(t: TFunction, call: Call): string {
  if (isRinging(call)) return t("caller.state.incoming");
  if (ringsThere(call)) return t("caller.state.outgoing");
  if (call.state === "connected" && call.parties.length > 0) {
    if (call.parties.every((party) => party.state === "hold")) return t("caller.state.heldByThem");
    if (call.parties.every((party) => party.state === "queued")) return t("caller.state.queued");
    if (call.parties.every((party) => party.state === "fail")) return failWords(t, call);
  }
  switch (call.state) {
    case "alerting":
      return t("caller.state.prompted");
    case "initiated":
    case "connected":
    case "hold":
    case "queued":
      return t(`caller.state.${call.state}`);
    case "fail":
      return failWords(t, call);
    case "null":
      return t("caller.state.unknown");
  }
}

/** Why nobody was reached, where the PBX says so. */
function failWords(t: TFunction, call: Call): string {
  return causeWords(t, call.failure) ?? t("caller.state.fail");
}

/** Why the call came here, where it was not dialled straight to it. */
export function whyWords(t: TFunction, call: Call): string[] {
  const words: string[] = [];
  if (call.queue) words.push(t("caller.calls.viaQueue", { name: whoIs(t, call.queue) }));
  const via = told(call.via, call.parties);
  const byQueue = call.queue?.number && via?.by?.number === call.queue.number;
  if (via && !byQueue) words.push(viaWords(t, via));
  return words;
}

type Numbered = { number?: string | null };

/**
 * What is worth telling of how a call came: who transferred it and is on the line again, having
 * taken it back, transferred it to nobody.
 */
export function told<V extends { cause: string; by: Numbered | null }>(
  via: V | null,
  others: readonly Numbered[],
): V | null {
  const by = via?.by?.number;
  const back = by && others.some(({ number }) => number === by);
  return via && back && kindOf(via.cause) === "transferred" ? null : via;
}

/** By whom it was forwarded, transferred, picked up. */
export function viaWords(t: TFunction, via: { cause: string; by: Named | null }): string {
  const name = via.by ? whoIs(t, via.by) : t("caller.via.somebody");
  return t(`caller.via.${kindOf(via.cause)}`, { name });
}

const KINDS = {
  callForward: "forwarded",
  callForwardImmediate: "forwarded",
  callForwardBusy: "forwardedBusy",
  callForwardNoAnswer: "forwardedNoAnswer",
  doNotDisturb: "forwarded",
  transfer: "transferred",
  singleStepTransfer: "transferred",
  callPickup: "pickedUp",
  park: "parked",
  distributed: "distributed",
  enteringDistribution: "distributed",
  recall: "recall",
} as const;

function kindOf(cause: string): (typeof KINDS)[keyof typeof KINDS] | "redirected" {
  return cause in KINDS ? KINDS[cause as keyof typeof KINDS] : "redirected";
}
