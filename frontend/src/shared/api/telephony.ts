import { request } from "./client.ts";
import { ApiError } from "./problem.ts";
import type { CallOrigin, ForwardingType } from "./types.ts";

/** What each operation is told, beside the device. Connections are named by leg. */
export type Orders = {
  /** `device` null: the current one of the chosen profile. */
  makeCall: { device?: null; called: string; prompt?: boolean; hideNumber?: boolean };
  answerCall: { connection: string };
  clearConnection: { connection: string };
  holdCall: { connection: string };
  retrieveCall: { connection: string };
  parkCall: { connection: string; parkTo?: string };
  alternateCall: { held: string; active: string };
  reconnectCall: { held: string; active: string };
  transferCall: { held: string; active: string };
  conferenceCall: { held: string; active: string };
  consultationCall: { existing: string; consulted: string };
  singleStepTransferCall: { active: string; transferredTo: string };
  moveCall: { connection: string; to: string };
  takeBackCall: { connection: string };
  singleStepConferenceCall: { active: string; joining: string };
  deflectCall: { connection: string; destination: string };
  directedPickupCall: { ringing: string } | { ringingDevice: string };
  groupPickupCall: Record<never, never>;
  generateDigits: { connection: string; digits: string };
  setForwarding: {
    type: ForwardingType;
    origin: CallOrigin;
    active: boolean;
    destination?: string;
    ringCount?: number;
    ringDuration?: number;
  };
  setDoNotDisturb: { on: boolean };
  setMessageWaiting: { on: boolean };
};

export type Order = keyof Orders;

const PAUSES = [300, 1000, 3000];

/**
 * Ask the PBX. A request that got no answer is sent again with the same key: the server does it once.
 * Raises ApiError when it was refused, TypeError when the server stayed out of reach.
 */
export async function order<O extends Order>(
  operation: O,
  device: string,
  told: Orders[O],
  key: string,
  pauses: readonly number[] = PAUSES,
): Promise<unknown> {
  try {
    const path = `/telephony/${operation}`;
    const answer = await request<{ result: unknown }>("POST", path, {
      body: { device, ...told },
      key,
    });
    return answer.result;
  } catch (error) {
    const [pause, ...later] = pauses;
    if (error instanceof ApiError || pause === undefined) throw error;
    await new Promise((resume) => setTimeout(resume, pause));
    return order(operation, device, told, key, later);
  }
}
