/**
 * What the API and the live stream say, under the names of the pages. Times are ISO 8601 in UTC;
 * null = not known. The shapes are written by `make types`; here is only what they cannot say.
 */
import type * as Api from "./types.generated.ts";

export type {
  AbandonedCallValue as AbandonedCall,
  AdministratorValue as AdministratorMe,
  CallOrigin,
  ConnectionState,
  ContactNumberValue as ContactNumber,
  ContactValue as Contact,
  ForwardingType,
  ForwardingValue as Forwarding,
  FoundValue as Found,
  HandedOnValue as HandedOn,
  LinkState,
  LogEntryValue as LogEntry,
  LogPageValue as LogPage,
  LoginProviderValue as LoginProvider,
  LogPartyValue as LogParty,
  MatchValue as Match,
  MeValue as Me,
  MonitorState,
  NumberKind,
  Outcome as LogOutcome,
  ParkedValue as Parked,
  PartyValue as Party,
  QueueStateValue as QueueState,
  SessionValue as Session,
  Source,
  TelephonyOperation as Operation,
  WaitingValue as Waiting,
  WindowsSignInValue as WindowsSignIn,
} from "./types.generated.ts";

/** An error, of the server or of our own: a request that was not answered has no title. */
export type Problem = Pick<Api.Problem, "status" | "code" | "detail"> &
  Partial<Api.Problem> & {
    /** What the PBX added to the cause. */
    reason?: string;
    /** What is wrong with `field`, a code with its parameters. */
    why?: string | undefined;
    parameters?: Record<string, unknown>;
    [more: string]: unknown;
  };

/** The server names operations as texts; which there are is known. */
type Asked<T extends { operations: string[] }> = Omit<T, "operations"> & {
  operations: Api.TelephonyOperation[];
};

export type Call = Asked<Api.CallValue>;
export type Device = Asked<Api.DeviceValue>;
