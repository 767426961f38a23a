/** What the API and the live stream say. Times are ISO 8601 in UTC; null = not known. */

export type Problem = {
  status: number;
  code: string;
  detail: string;
  /** ECMA-269 cause of a refusal, as the PBX gave it. */
  cause?: string;
  /** What the PBX added to it. */
  reason?: string;
  /** Which field of the request is wrong. */
  field?: string;
  /** Seconds before trying again makes sense. */
  retryAfter?: number;
  [more: string]: unknown;
};

export type Session = {
  user: Me | null;
  administrator: AdministratorMe | null;
  applications: string[];
};

export type AdministratorMe = {
  id: string;
  username: string;
  superUser: boolean;
  /** Ids of those they manage; null = all. */
  companies: string[] | null;
};

// ------------------------------------------------------------ live values of a user

export type Me = {
  id: string;
  username: string;
  displayName: string;
  culture: string;
  company: string;
  domain: { id: string; name: string; timeZone: string };
  applications: string[];
};

export type LinkState = "connecting" | "starting" | "up" | "down" | "misconfigured";

export type MonitorState =
  | "monitored"
  | "starting"
  | "waiting"
  | "refused"
  | "linkDown"
  | "outOfService";

export type ForwardingType = "immediate" | "busy" | "noAnswer";
export type CallOrigin = "all" | "internal" | "external";

export type Forwarding = {
  type: ForwardingType;
  origin: CallOrigin;
  active: boolean;
  destination: string | null;
  ringCount: number | null;
  ringDuration: number | null;
};

export type Device = {
  id: string;
  number: string;
  label: string;
  link: { id: string; name: string; state: LinkState; why: string | null; since: string | null };
  state: MonitorState;
  reason: string | null;
  forwardings: Forwarding[] | null;
  doNotDisturb: boolean | null;
  messagesWaiting: boolean | null;
  operations: Operation[];
  forwardingTypes: { type: ForwardingType; origin: CallOrigin }[];
};

export type ConnectionState =
  | "null"
  | "initiated"
  | "alerting"
  | "connected"
  | "hold"
  | "queued"
  | "fail";

export type Party = {
  number: string | null;
  display: string | null;
  name: string | null;
  company: string | null;
  contact: string | null;
  state: ConnectionState | null;
  restricted: boolean;
};

export type Call = {
  connection: string;
  thread: string;
  device: string;
  callId: string;
  state: ConnectionState;
  direction: "incoming" | "outgoing";
  created: string;
  since: string;
  alerted: string | null;
  answered: string | null;
  late: boolean;
  conference: boolean;
  queue: { number: string | null; name: string | null } | null;
  via: {
    cause: string;
    by: { number: string | null; name: string | null; display: string | null } | null;
  } | null;
  parties: Party[];
  operations: Operation[];
};

export type Operation =
  | "makeCall"
  | "answerCall"
  | "clearConnection"
  | "holdCall"
  | "retrieveCall"
  | "alternateCall"
  | "consultationCall"
  | "reconnectCall"
  | "transferCall"
  | "singleStepTransferCall"
  | "conferenceCall"
  | "singleStepConferenceCall"
  | "deflectCall"
  | "directedPickupCall"
  | "groupPickupCall"
  | "parkCall"
  | "generateDigits"
  | "setForwarding"
  | "getForwarding"
  | "setDoNotDisturb"
  | "getDoNotDisturb"
  | "setMessageWaiting"
  | "getMessageWaiting"
  | "snapshotDevice";

// ------------------------------------------------------------ contacts and journal

export type NumberKind = "work" | "mobile" | "home" | "assistant" | "standard";
export type Source = "users" | "public" | "private";

/** `number` as people wrote it, `display` as people of the country read it. */
export type ContactNumber = { kind: NumberKind; number: string; display: string };

export type Contact = {
  id: string;
  version: number;
  source: Source;
  /** The TWS user it shows. */
  user: string | null;
  displayName: string;
  firstName: string;
  lastName: string;
  company: string;
  email: string;
  numbers: ContactNumber[];
};

export type Match = {
  name: string;
  company: string | null;
  kind: NumberKind;
  number: string;
  contact: Contact;
};

/** `dials`: what the PBX will be sent for it, where the server says so. */
export type Found = { match: Match | null; dials?: string | null };

export type LogOutcome =
  | "answered"
  | "missed"
  | "cancelled"
  | "busy"
  | "refused"
  | "failed"
  | "forwarded"
  | "transferred"
  | "answeredElsewhere"
  | "endNotSeen";

export type LogParty = { number: string | null; name: string | null; display: string | null };

/** A call that is over. Empty text = not known; `ringing` and `duration` in seconds. */
export type LogEntry = {
  id: string;
  device: string;
  thread: string;
  direction: "incoming" | "outgoing";
  outcome: LogOutcome;
  cause: string;
  number: string;
  display: string;
  name: string;
  contact: string | null;
  restricted: boolean;
  queue: { number: string | null; name: string | null } | null;
  via: { cause: string; by: LogParty } | null;
  /** Forwarded or transferred to whom; answered by whom. */
  other: LogParty | null;
  started: string;
  answered: string | null;
  ended: string;
  ringing: number;
  duration: number;
  joinedLate: boolean;
  endNotSeen: boolean;
  gap: boolean;
};

export type LogPage = { entries: LogEntry[]; before: string | null };
