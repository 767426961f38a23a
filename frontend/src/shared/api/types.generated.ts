/** What the API and the live stream say and are told. Written by `make types`. */

/** Somebody whom nobody answered. */
export type AbandonedCallValue = {
  id: string;
  /** Null: withheld, or not to be shown. */
  number: string | null;
  display: string | null;
  name: string | null;
  restricted: boolean;
  since: string;
  ended: string;
  calledBack: string | null;
  /** The name of who did. */
  calledBackBy: string | null;
  /** Whether there is a number to call. */
  callable: boolean;
};

export type AcknowledgeBody = {
  incidents: string[];
  /** What is known of it, or done about it. */
  note?: string;
};

/** What becomes of one entry, or of one user. */
export type Action = "created" | "deleted" | "disabled" | "ignored" | "unchanged" | "updated";

export type AddPasskeyBody = {
  /** What it is called in lists. */
  name: string;
  /** `clientDataJSON` of what the browser answers. */
  clientData: string;
  attestationObject: string;
};

export type AddToListBody = {
  contacts: string[];
};

/** An administrator. A super user manages all companies. */
export type AdministratorRow = {
  id: string;
  version: number;
  username: string;
  superUser: boolean;
  /** Ids of those managed. */
  companies: string[];
  /** Where incidents are told; may be empty. */
  email: string;
  /** In which language: `fr` or `en`. */
  culture: string;
  /** Kinds of incidents not told. */
  muted: string[];
};

/** Who is signed in, for an administrator. */
export type AdministratorValue = {
  id: string;
  username: string;
  superUser: boolean;
  /** Ids of the companies they manage; null = all. */
  companies: string[] | null;
};

/** How many may answer. Who does is with the callers. */
export type AgentsValue = {
  free: number;
  all: number;
};

/** `AlerterMode`. */
export type AlerterMode = "URL" | "XML";

/** Somebody who has been answered. */
export type AnsweringValue = {
  /** When the caller was answered. */
  since: string;
  party: PartyValue;
  /** Name, or number, of who answered. */
  by: string;
  /** Id, where a user did. */
  user: string | null;
};

/** An API key, without its secret. */
export type ApiKeyValue = {
  id: string;
  /** Id of the user as whom it acts. */
  user: string;
  label: string;
  created: string;
  expires: string | null;
  /** When it was last used, roughly. */
  seen: string | null;
  /** Good for the helper of a desk alone: `tws helper`. */
  helper: boolean;
};

/** In the order of the guide. */
export type Application =
  | "TWS Alerter"
  | "TWS Audio channel"
  | "TWS Caller"
  | "TWS Mail"
  | "TWS OpenCall"
  | "TWS Portal"
  | "TWS RCC Gateway"
  | "TWS Recorder"
  | "TWS Rules"
  | "TWS Smart Attendant"
  | "TWS Softphone"
  | "TWS Stats"
  | "TWS Stats Admin"
  | "TWS Toolkit"
  | "TWS Toolkit Runtime"
  | "TWS Video channel"
  | "TWS VideoShare";

/** How widely an application is authorised. */
export type ApplicationUsersValue = {
  /** Enabled users who may use it. */
  authorised: number;
  /** All enabled users. */
  users: number;
};

export type AskPasswordResetBody = {
  username: string;
  /** Needed where users of several companies have that name. */
  company?: string | null;
  /** An administrator of that name, and no user. */
  administrator?: boolean;
  /** Of the page that asks. */
  culture?: "fr" | "en";
};

/** One change. */
export type AuditEntryValue = {
  number: number;
  at: string;
  /** A user name, `administrator NAME`, `system`. */
  actor: string;
  /** Id; null = it belongs to none. */
  company: string | null;
  /** As in `user changed`. */
  action: string;
  /** What it is called, where it has a name. */
  what: string;
  /** Id of what was changed. */
  target: string;
  /** What it was; null = not there. */
  before: unknown;
  /** What it is; null = gone. */
  after: unknown;
  /** Id -> name, of what these three name and is still there. */
  names: Record<string, string>;
};

/** Some changes, newest first. */
export type AuditPageValue = {
  entries: AuditEntryValue[];
  /** To ask for the changes that follow; null = there are none. */
  before: number | null;
};

/** What an authenticator must be able to do. */
export type AuthenticatorSelectionValue = {
  residentKey: string;
  requireResidentKey: boolean;
  userVerification: string;
};

export type BackupCheckBody = {
  /** Of this backup; null = that of the settings. */
  passphrase?: string | null;
};

/** A backup that is whole, and what putting it back would do. */
export type BackupCheckValue = {
  taken: string;
  /** Of TWS. */
  version: string;
  schema: string;
  counts: BackupCountValue[];
  /** The database. */
  replaces: string;
  /** The folder that is replaced too. */
  files: string;
  /** As what the database of now is kept. */
  kept: string;
  /** In English: why secrets could not be opened; null = they can. */
  keyMissing: string | null;
  /** On the server, once TWS is stopped. */
  command: string;
};

export type BackupCountValue = {
  table: string;
  /** Rows in the backup. */
  backup: number;
  /** Rows that there are now. */
  now: number;
};

/** Why there is no newer backup. */
export type BackupFailureValue = {
  at: string;
  /** In English. */
  words: string;
  /** It is the copy that failed: the backup is there. */
  copied: boolean;
};

export type BackupPlaceBody = {
  copyTo: string;
};

export type BackupPlaceTestValue = {
  /** null = a file was written, and deleted. */
  wrong: SaidValue | null;
};

/** A backup that is being made. */
export type BackupProgressValue = {
  /** Rows written. */
  done: number;
  /** Rows; 0 = not counted yet. */
  total: number;
};

export type BackupSettingsBody = {
  /** That was seen. */
  version: number;
  at: string;
  keep: number;
  copyTo?: string | null;
  /** 12 characters or more; null = as it is, empty = none from now on. */
  passphrase?: string | null;
};

export type BackupSettingsValue = {
  /** `HH:MM` on the clock of the machine, each day; or `off`. */
  at: string;
  /** How many of those made each day are kept. */
  keep: number;
  /** The second place: a folder. */
  copyTo: string | null;
  /** There is a passphrase. */
  encrypted: boolean;
  /** What `TWS_BACKUP_*` says: it cannot be changed here. */
  fixed: ("at" | "copyTo" | "keep" | "passphrase")[];
  /** Why what was set cannot be read; no backup is made then. */
  lost: SaidValue | null;
  version: number;
};

/** A file that is there. */
export type BackupValue = {
  name: string;
  /** Bytes. */
  size: number;
  /** The moment whose data it has; null = it cannot be read. */
  taken: string | null;
  /** `scheduled`, `asked`, or `upgrade`: before one. */
  why: string | null;
  /** Of TWS. */
  version: string | null;
  /** Of the database's tables. */
  schema: string | null;
  /** `sqlite` or `postgresql`. */
  database: string | null;
  encrypted: boolean;
};

/** What there is, and what comes. */
export type BackupsValue = {
  /** Newest first. */
  backups: BackupValue[];
  running: BackupProgressValue | null;
  /** Of the last one; null = it succeeded, or there was none. */
  failure: BackupFailureValue | null;
  /** null = none is made by itself. */
  next: string | null;
  /** On the server. */
  folder: string;
  /** The second place. */
  copyTo: string | null;
  /** How many of those made each day are kept. */
  keep: number;
  /** Whether new ones are. */
  encrypted: boolean;
};

/** What the state was taken from. */
export type Because = "calendar" | "doNotDisturb" | "nothing" | "page" | "said" | "telephone";

export type BeginPasskeyBody = {
  /** Of the second factor, where `secondFactorNeeded` was answered. */
  code?: string | null;
};

/** A saved example that the plan does not keep. */
export type BrokenExample = {
  example: NumberExampleValue;
  /** Empty: the number is refused. */
  result: string;
};

/** The directories that every domain has: TWS's own contacts and users (8.1). */
export type BuiltIn = "tws_private" | "tws_public" | "tws_users";

/** Who forwarded, transferred or picked up. */
export type ByValue = {
  number: string | null;
  name: string | null;
  display: string | null;
};

/** What calendars can be read from. */
export type CalendarConnectorValue = {
  name: string;
  title: string;
  fields: SettingValue[];
  /** Whether users may have accounts of their own with it. */
  accounts: boolean;
  /** Why it cannot be used, where it cannot. */
  unavailable?: string | null;
  /** Of the package `tws`: what to install to use it. */
  missingExtra?: string;
};

/** What a person's calendar says of now. */
export type CalendarStateValue = {
  /** Id. */
  user: string;
  displayName: string;
  state: "busy" | "free" | "outOfOffice" | "tentative";
  /** Of the event; empty where it has none or is not shown. */
  subject: string;
  private: boolean;
  /** When that changes; null = nothing known changes it. */
  until: string | null;
  /** When the calendar was read. */
  read: string;
};

export type CallBackBody = {
  /** The `id` of one of `listAbandonedCalls`. */
  call: string;
  /** Id of one of your devices. */
  device: string;
};

/** A message came to everybody in a conference call, or was sent by the user. */
export type CallChatMoment = {
  kind: "callChat";
  message: CallMessageValue;
};

export type CallChosenBody = {
  /** 1 to 11: Ctrl+F1 to Ctrl+F11. */
  key: number;
  /** The number of one of your devices; null: that of your profile, else the first that works. Refused (`currentDeviceOutside`) where your profile's is elsewhere. */
  device?: string | null;
};

/** Some gaps, newest first. */
export type CallGapPageValue = {
  entries: CallGapValue[];
  /** To ask for the gaps that follow; null = there are none. */
  before: string | null;
};

/** A time in which TWS did not hear a PBX. */
export type CallGapValue = {
  id: string;
  /** Id; the link may be deleted since. */
  link: string;
  since: string;
  /** When all its telephones had been asked again. */
  until: string;
  /** Calls that ended meanwhile, unseen: `endNotSeen`. */
  ended: number;
};

/** A message to everybody in a conference call. Its text is plain: never show it as HTML. */
export type CallMessageValue = {
  id: string;
  /** The call: your own leg in it. */
  connection: string;
  /** Id of the user. */
  sender: string;
  senderName: string;
  sent: string;
  text: string;
  /** The client's own id, as it was sent. */
  key: string | null;
};

/** For the helper of a desk: a call that rings, as it is shown. */
export type CallNoticeValue = {
  /** The leg. */
  connection: string;
  /** Who calls; empty: nobody knows. */
  title: string;
  /** The texts of the Alerter's template, else what is known. */
  lines: string[];
};

/** To which calls a forwarding applies (the Int and Ext variants of ECMA-269). */
export type CallOrigin = "all" | "external" | "internal";

export type CallSelectedBody = {
  number: string;
  /** The number of one of your devices; null: that of your profile, else the first that works. Refused (`currentDeviceOutside`) where your profile's is elsewhere. */
  device?: string | null;
};

/** One leg: a device's part in a call. */
export type CallValue = {
  /** The leg: the handle that operations take; stays the same. */
  connection: string;
  /** The same for all legs of one conversation, through transfers. */
  thread: string;
  device: string;
  /** The PBX's own id; changes in transfers, and is reused. */
  callId: string;
  state: ConnectionState;
  direction: Direction;
  created: string;
  /** When the present state began. */
  since: string;
  alerted: string | null;
  answered: string | null;
  /** Its beginning was not observed. */
  late: boolean;
  conference: boolean;
  /** Why who was called cannot be reached: an ECMA-269 cause. */
  failure: string | null;
  queue: QueueValue | null;
  via: ViaValue | null;
  parties: PartyValue[];
  /** Operation ids that make sense and are offered now. */
  operations: string[];
};

/** What a directory has of a caller besides (8.2.3), under its label. */
export type CallerFieldValue = {
  label: string;
  value: string;
};

export type ChangePasswordBody = {
  old: string;
  new: string;
};

/** How far a message of the user to an external contact came. */
export type ChatDeliveryMoment = {
  kind: "chatDelivery";
  /** Id of the colleague, or of the external contact. */
  user: string;
  /** Its id. */
  message: string;
  delivery: "delivered" | "failed" | "sent" | "waiting";
};

/** A file that was sent. */
export type ChatFileValue = {
  id: string;
  name: string;
  /** By its content, not its name: `image/png`, `image/jpeg`, `image/gif`, `image/webp`, or `application/octet-stream`. */
  type: string;
  /** Bytes. */
  size: number;
  /** Where it is served. */
  address: string;
};

/** Some messages of a conversation. */
export type ChatHistoryValue = {
  /** Newest first. */
  messages: ChatMessageValue[];
  /** To ask for older ones; null = there are none. */
  before: string | null;
  /** Whether what is written now is kept. */
  kept: boolean;
  /** What the other has read. */
  read: ChatReadValue | null;
};

/** A message. */
export type ChatMessageBody = {
  /** Plain text of at most 5000 characters. */
  text: string;
  /** Your own id of the message: what comes again with it is sent once. */
  key?: string | null;
};

/** A message between two. Its text is plain: never show it as HTML. */
export type ChatMessageValue = {
  /** The order of ids is that of messages. */
  id: string;
  /** Id of the user, or of the external contact. */
  sender: string;
  /** The same. */
  recipient: string;
  sent: string;
  text: string;
  file: ChatFileValue | null;
  /** False: it is gone after twelve hours, or with a restart. */
  kept: boolean;
  /** The client's own id, as it was sent. */
  key: string | null;
  /** How far a message to an external contact came; else null. */
  delivery?: "delivered" | "failed" | "sent" | "waiting" | null;
};

/** A message came, or was sent by another page of the same user. */
export type ChatMoment = {
  kind: "chat";
  message: ChatMessageValue;
  /** As the page of a colleague says it. */
  senderName: string;
};

/** What you have read. */
export type ChatReadBody = {
  /** The last message of it. */
  upto: string;
};

/** Somebody has read what the user wrote to them. */
export type ChatReadMoment = {
  kind: "chatRead";
  /** Id of the colleague, or of the external contact. */
  user: string;
  read: ChatReadValue;
};

/** Up to which message somebody has read. */
export type ChatReadValue = {
  /** Id of the message. */
  upto: string;
  at: string;
};

/** Somebody is writing to the user: so it is for some seconds from now. */
export type ChatTypingMoment = {
  kind: "typing";
  /** Id of the colleague, or of the external contact. */
  user: string;
};

/** What somebody wrote and you have not read yet. */
export type ChatUnreadValue = {
  /** Id of the colleague, or of the external contact. */
  user: string;
  /** Whether it is an external contact. */
  external: boolean;
  displayName: string;
  /** How many. */
  messages: number;
};

/** A conversation with a colleague, or an external contact. */
export type ChatValue = {
  /** Id of the colleague, or of the external contact. */
  user: string;
  /** Whether it is an external contact. */
  external: boolean;
  displayName: string;
  last: ChatMessageValue | null;
  unread: number;
  /** Whether what is written now is kept. */
  kept: boolean;
};

/** That you may chat, and what waits to be read. */
export type ChatsValue = {
  unread: ChatUnreadValue[];
};

/** In the order of the table (10.8). */
export type Check =
  | "backups"
  | "calendars"
  | "certificate"
  | "clock"
  | "database"
  | "devices"
  | "directories"
  | "disk"
  | "encryption"
  | "externalChat"
  | "imports"
  | "licences"
  | "links"
  | "nodes"
  | "secrets"
  | "services"
  | "signingIn"
  | "smsProviders"
  | "syslog"
  | "users";

export type ChooseProfileBody = {
  /** Null: none any more. */
  profile: string | null;
};

export type CodeBody = {
  /** Of the authenticator application; or a recovery code, where one is good. */
  code: string;
};

/** A source with which you may have an account of your own, and yours. */
export type CollaborationAccountValue = {
  /** Id. */
  source: string;
  name: string;
  /** null = you are read with the account for all. */
  username: string | null;
  /** Empty: that of your TWS account. */
  email: string;
  /** Why your calendar could not be read with your account. */
  failed: UnreadCalendarValue | null;
  /** When your calendar was read; null = never. */
  read: string | null;
};

/** Where the calendars of a domain's users are read. */
export type CollaborationSourceRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  connector: string;
  enabled: boolean;
  /** By name, as `describeCalendarConnectors` tells them; secret ones are null. */
  settings: Record<string, unknown>;
  /** Secret settings: whether there is a value. */
  isSet: Record<string, boolean>;
};

/** A source of calendars as it stands. */
export type CollaborationStateValue = {
  /** Id. */
  source: string;
  state: "disabled" | "failing" | "reading" | "waiting" | "working";
  tried: string | null;
  /** When it was last read to its end. */
  refreshed: string | null;
  /** When it is read next. */
  due: string | null;
  /** Whose calendar is known. */
  people: number;
  /** Whose calendar could not be read. */
  unread: number;
  /** Some of those. */
  errors: UnreadCalendarValue[];
  problem: "misconfigured" | "refused" | "unreachable" | null;
  /** What the problem is, for administrators. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** Some people's calendars, or why the source cannot be read. */
export type CollaborationTrialValue = {
  people: TriedCalendarValue[];
  problem: "misconfigured" | "refused" | "unreachable" | null;
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** A user whose telephone you see. */
export type ColleagueValue = {
  /** Id; that of the contact, too. */
  user: string;
  displayName: string;
  firstName: string;
  lastName: string;
  /** Of the first telephone. */
  number: string | null;
  display: string | null;
  /** Its name. */
  domain: string;
  photo: string | null;
};

export type CollectorBody = {
  transport: Transport;
  host: string;
  /** Usual: 514, 601 and 6514. */
  port: number;
  caFile?: string | null;
  verify?: boolean;
};

export type CollectorValue = {
  /** `udp`, `tcp` or `tls`. */
  transport: string;
  host: string;
  port: number;
  /** A file on the server; null = those of the machine. */
  caFile: string | null;
  verify: boolean;
};

export type CompanyBody = {
  name: string;
};

/** A company: nothing is shared between two of them. */
export type CompanyRow = {
  id: string;
  version: number;
  name: string;
};

/** The PBX did it, and this is the connection. */
export type ConnectionResult = {
  result: ConnectionValue | null;
};

/** LocalConnectionState of ECMA-269 clause 6.1.5. */
export type ConnectionState =
  | "alerting"
  | "connected"
  | "fail"
  | "hold"
  | "initiated"
  | "null"
  | "queued";

/** The connection that a command made or left. */
export type ConnectionValue = {
  callId: string;
  deviceId: string;
  /** Its leg, where it is one of your device's own. */
  connection: string | null;
};

/** What a directory can be read from. */
export type ConnectorValue = {
  name: string;
  title: string;
  fields: SettingValue[];
  /** Internal field: source field, with which a mapping begins. */
  suggested: Record<string, string>;
  /** Whether a public directory can be it. */
  public: boolean;
  /** Whether it has contacts of single users. */
  private: boolean;
  /** Field of an import of users: source field, with which its form begins. Empty: users are not imported from there. */
  suggestedUsers: Record<string, string>;
  /** Why it cannot be used, where it cannot. */
  unavailable?: string | null;
  /** Of the package `tws`: what to install to use it. */
  missingExtra?: string;
};

export type ConsultationCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  existing: string;
  consulted: string;
  /** As of `makeCall`. */
  hideNumber?: boolean | null;
};

/** A list of contacts. */
export type ContactListValue = {
  id: string;
  /** Counts changes of what is in it too. */
  version: number;
  name: string;
  position: number;
  /** Seen in the owner's domain. */
  public: boolean;
  mine: boolean;
  /** Name of the user who made it. */
  owner: string;
};

/** A number of a contact. */
export type ContactNumberValue = {
  kind: NumberKind;
  /** As people wrote it. */
  number: string;
  /** Grouped as people of the country read it. */
  display: string;
  /** To be dialled once connected, and no part of `display`; empty = none. */
  extension: string;
  /** On the red list: to those who may see the name only `number` is empty. */
  red: boolean;
};

/** A contact. */
export type ContactValue = {
  id: string;
  version: number;
  source: Source;
  /** Id of the TWS user it shows. */
  user: string | null;
  displayName: string;
  firstName: string;
  lastName: string;
  company: string;
  /** `company` is a postal address: `MapServiceURL` leads to its map. */
  companyAddress: boolean;
  email: string;
  emails: string[];
  numbers: ContactNumberValue[];
  website: string;
  fields: PrivateFieldValue[];
  /** Of an important person: what the source says; null = not one. */
  vip: string | null;
  /** Address of its photo on this server; null = it has none. */
  photo: string | null;
  /** Id of where it comes from. */
  directory: string | null;
  /** Kept in TWS: not read from another directory. */
  editable: boolean;
  /** Found with a typing error: nobody is called as was asked. */
  near: boolean;
  /** Contacts, of merged directories, that this card shows. */
  parts: number;
  /** Where each part comes from: `lastName`, `number:0`, `email:0`, `field:LABEL`... */
  origins: Record<string, OriginValue>;
};

/** How many may use an application, and how many do. */
export type CountValue = {
  application: string;
  /** null = as many as one likes: no licence file. */
  available: number | null;
  /** Users, each once, however many groups grant it. */
  used: number;
  free: number | null;
};

export type CreateAdministratorBody = {
  username: string;
  superUser?: boolean;
  companies?: string[];
  /** Where incidents are told; empty = nowhere. */
  email?: string;
  /** In which language. */
  culture?: "fr" | "en";
  /** Kinds of incidents not told. */
  muted?: IncidentKind[];
};

export type CreateApiKeyBody = {
  /** What it is for. */
  label: string;
  expires?: string | null;
  /** true: good for the helper of a desk (`tws helper`) alone. */
  helper?: boolean;
  /** For administrators: for whom. */
  user?: string | null;
};

export type CreateCollaborationSourceBody = {
  domain: string;
  name: string;
  connector: string;
  /** By name, as `describeCalendarConnectors` tells them. */
  settings: Record<string, unknown>;
  enabled?: boolean;
};

export type CreateContactBody = {
  firstName?: string;
  lastName?: string;
  /** Where the person works. */
  company?: string;
  /** The first one. Where `emails` is sent that counts. */
  email?: string;
  /** At most 10. */
  emails?: string[];
  /** Of http or https; https where nothing is said. */
  website?: string;
  /** Private fields of the directory by their labels, or by `private0` to `private9`; those left out stay as they are. */
  fields?: Record<string, string>;
  numbers?: NumberBody[];
  /** Yours alone; false: the company's. */
  private?: boolean;
};

export type CreateDeviceBody = {
  user: string;
  link: string;
  number: string;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  /** Of the extension in the PBX. It is stored sealed, and never told. */
  password?: string;
  /** The telephone's own address. */
  ip?: string;
  video?: boolean;
  clientPort?: number;
  /** A host. Of the protocol SIP only. */
  sipProxy?: string;
  /** Of the protocol SIP only. */
  oneNumber?: boolean;
  /** Of the protocol SIP only. */
  softphone?: boolean;
  /** Of the protocol SIP only. */
  mediaProtocol?: "None" | "TWS";
};

export type CreateDirectoryBody = {
  domain: string;
  name: string;
  connector: string;
  /** By name, as `describeConnectors` tells them. */
  settings: Record<string, unknown>;
  kind?: "public" | "private" | "disabled";
  priority?: number;
  /** Internal field: the source's field, with options after a bar. */
  mapping?: Record<string, string>;
  /** `private0` to `private9`: what it is called. `[VIP]` marks contacts. */
  labels?: Record<string, string>;
  /** Merge its contacts with others by e-mail address. */
  merge?: boolean;
  schedule?: "manual" | "daily" | "interval";
  /** Of the schedule `interval`. */
  minutes?: number;
};

export type CreateDomainBody = {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Digits of an internal number. */
  internalLength?: number;
  /** Country code. */
  countryPrefix?: string;
  /** Dialled to get an outside line. */
  externalPrefix?: string;
  internationalPrefix?: string;
  /** May be empty, as in Spain and Italy. */
  nationalPrefix?: string;
  /** Last digits by which an outside number is recognised. */
  inverseLength?: number;
  /** Taken off the front of an outside caller's number. */
  incomingRemove?: string;
  /** Put in front of it afterwards. */
  incomingAdd?: string;
  company: string;
};

export type CreateGroupBody = {
  domain: string;
  name: string;
  rank?: number;
};

export type CreateIntercomGroupBody = {
  domain: string;
  name: string;
  /** The link on which its numbers are. */
  link?: string;
  /** The first of those that carry the supervision keys; empty = the users' own telephones do. */
  number?: string;
  /** How many numbers, one after the other. */
  count?: number;
  protocol?: "CSTA" | "Vti-XML" | "Asterisk";
  /** `None`: telephones that are there; `TWP/TWS`: virtual ones. */
  mediaProtocol?: "None" | "TWP/TWS";
  /** Calls that a virtual device has at once. */
  lines?: number;
  /** Of the extensions in the PBX. It is stored sealed, and never told. */
  password?: string;
  /** Telephones on the link that are no user's, which those authorised see too. */
  supervised?: string[];
};

export type CreateLinkBody = {
  domain: string;
  name: string;
  dialect: string;
  /** By name, as `listDialects` tells them. */
  settings: Record<string, unknown>;
  capacity?: number;
  enabled?: boolean;
};

export type CreateListBody = {
  /** Among your lists; those with the same, by name. */
  position?: number;
  /** Everybody of your domain sees it. */
  public?: boolean;
  name: string;
};

export type CreateNoteBody = {
  text: string;
  /** Everybody of your domain reads it. */
  public?: boolean;
  /** About this line of a call log that you may read. */
  call?: string | null;
  /** About this contact. */
  contact?: string | null;
  /** About this number. */
  number?: string;
};

export type CreateProfileBody = {
  name: string;
  /** Id of one of your devices; null = `number`. */
  device?: string | null;
  /** Of a telephone elsewhere. */
  number?: string;
  /** Ids of your forwarding rules. */
  rules?: string[];
};

export type CreateQueueBody = {
  domain: string;
  name: string;
  /** The link on which the number is; without it the queue is a name only. */
  link?: string;
  number?: string;
  protocol?: "CSTA" | "Vti-XML" | "Asterisk";
  /** `None`: a device that is there; `TWS`: a virtual one. */
  mediaProtocol?: "None" | "TWS";
  /** Calls that a virtual device has at once. */
  lines?: number;
  /** Of the extension in the PBX. It is stored sealed, and never told. */
  password?: string;
};

export type CreateRuleBody = {
  active?: boolean;
  /** To which calls it applies. */
  origin?: "all" | "internal" | "external";
  /** When it applies; these four are always. `calendar`: while the calendar says busy. */
  presences?: ("online" | "busy" | "absent" | "offline" | "calendar")[];
  type?: "immediate" | "busy" | "noAnswer";
  destination: string;
};

export type CreateScimConnectionBody = {
  domain: string;
  name: string;
  link?: string | null;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  culture?: "Auto" | "fr" | "en";
  adapt?: boolean;
  takeOver?: boolean;
};

export type CreateSmsProviderBody = {
  domain: string;
  name: string;
  connector: string;
  /** From whom messages come: a number, or a name of 11 characters. Empty: the provider's own. */
  sender?: string;
  /** By name, as `describeSmsConnectors` tells them. */
  settings: Record<string, unknown>;
  enabled?: boolean;
};

export type CreateUserBody = {
  domain: string;
  username: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  culture?: "Auto" | "fr" | "en";
  enabled?: boolean;
  /** The computer's address. */
  ip?: string;
  /** What another system calls the user. */
  externalKey?: string;
  custom0?: string;
  custom1?: string;
  /** Of the box in the PBX. It is stored sealed, and never told. */
  voicemailPassword?: string;
};

export type CreateUserImportBody = {
  domain: string;
  /** Of its directory, too. */
  name: string;
  connector: string;
  /** By name, as `describeConnectors` tells them. */
  settings: Record<string, unknown>;
  /** Internal field of contacts: the source's field, with options after a bar. */
  mapping?: Record<string, string>;
  mode?: "insertUpdateDelete" | "insertUpdateDisable" | "insertUpdate" | "update";
  /** username, identifier, number, custom0, custom1: the source's field. */
  fields: Record<string, string>;
  group?: string | null;
  link?: string | null;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  video?: boolean;
  /** Of the protocol SIP only. */
  sipProxy?: string;
  /** Of the protocol SIP only. */
  oneNumber?: boolean;
  /** Of the protocol SIP only. */
  mediaProtocol?: "None" | "TWS";
  culture?: "Auto" | "fr" | "en";
  adapt?: boolean;
  schedule?: "manual" | "daily" | "interval";
  minutes?: number;
  hour?: string;
};

export type DeflectCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg of a call of that device. */
  connection: string;
  destination: string;
};

export type DeflectQueuedCallBody = {
  /** Who waits: the `connection` of one in `waiting` of the queue. */
  connection: string;
  destination: string;
};

/** What runs on your computers beside the page. */
export type DeskValue = {
  helpers: HelperValue[];
};

/** An extension of a user on a link. */
export type DeviceRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  user: string;
  link: string;
  number: string;
  protocol: string;
  label: string;
  /** Whether there is one; it is never told. */
  passwordSet: boolean;
  ip: string;
  video: boolean;
  clientPort: number;
  /** This one and those after it: of the protocol SIP only. */
  sipProxy: string;
  oneNumber: boolean;
  softphone: boolean;
  mediaProtocol: string;
};

/** A device as administrators see it: its state, nothing of its calls. */
export type DeviceStateValue = {
  /** Of the device of a user; of others made of row and number. */
  id: string;
  number: string;
  holderKind: HolderKind;
  /** Id of the user, queue or intercom group. */
  holder: string;
  /** Id. */
  link: string;
  /** `cti`: controlled by its link; null where it is not known. */
  type: string | null;
  /** Number of its mailbox; null where the PBX has not told. */
  voiceMail: string | null;
  state: MonitorState;
  reason: string | null;
};

/** A device of the user. What is null has not been told by the PBX. */
export type DeviceValue = {
  id: string;
  number: string;
  label: string;
  link: LinkName;
  state: MonitorState;
  reason: string | null;
  forwardings: ForwardingValue[] | null;
  doNotDisturb: boolean | null;
  messagesWaiting: boolean | null;
  /** Operation ids that the PBX offers for this device. */
  operations: string[];
  forwardingTypes: ForwardingKind[];
  /** `makeCall` can withhold your number from who is called. */
  hidesNumber: boolean;
};

/** What is left out stays. `outgoingRules` null: the default set. */
export type DialPlanBody = {
  internalLength?: number;
  countryPrefix?: string;
  externalPrefix?: string;
  internationalPrefix?: string;
  nationalPrefix?: string;
  inverseLength?: number;
  incomingRemove?: string;
  incomingAdd?: string;
  applyToCaller?: boolean;
  outgoingRules?: DialRuleBody[] | null;
  incomingRules?: DialRuleBody[];
  emergencyNumbers?: string[];
  numberExamples?: NumberExampleBody[];
};

/** How numbers of a domain are dialled, recognised and shown. */
export type DialPlanValue = {
  domain: string;
  /** Of the domain. */
  version: number;
  internalLength: number;
  countryPrefix: string;
  externalPrefix: string;
  internationalPrefix: string;
  nationalPrefix: string;
  inverseLength: number;
  incomingRemove: string;
  incomingAdd: string;
  applyToCaller: boolean;
  /** The outgoing rules are the default set. */
  defaultOutgoing: boolean;
  outgoingRules: DialRuleValue[];
  incomingRules: DialRuleValue[];
  emergencyNumbers: string[];
  numberExamples: NumberExampleValue[];
};

export type DialRuleBody = {
  priority: number;
  name?: string;
  pattern: string;
  value: string;
  longerOnly?: boolean;
};

/** Of the rules whose pattern begins a number, the one with the lowest priority is applied. */
export type DialRuleValue = {
  priority: number;
  name: string;
  /** In `[`...`]` a regular expression (RE2 syntax). */
  pattern: string;
  /** `$1`: the first group of the expression. */
  value: string;
  /** Only for numbers longer than an internal one. */
  longerOnly: boolean;
};

/** A kind of link. */
export type DialectValue = {
  name: string;
  title: string;
  fields: SettingValue[];
  /** Whether `getLinkSnippets` has something to add. */
  addsToPbx: boolean;
  /** Of telephones that it controls. */
  protocol?: "Asterisk" | "CSTA" | "SIP" | "Vti-XML" | null;
  /** Why it cannot be used, where it cannot. */
  unavailable?: string | null;
  /** Of the package `tws`: what to install to use it. */
  missingExtra?: string;
};

/** The PBX did it, and this is the connection. */
export type DialledResult = {
  result: ConnectionValue | null;
  /** What was dialled has more digits than any number in the world: it may be a mistake. */
  tooLong: boolean;
};

export type DirectedPickupCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg that rings; or else: */
  ringing?: string | null;
  /** The number of the telephone that rings, or of a park place. */
  ringingDevice?: string | null;
};

/** Of one leg, seen from its device. */
export type Direction = "incoming" | "outgoing";

/** Whose the contacts of a directory are (8.1, "Type d'annuaire"). */
export type DirectoryKind = "disabled" | "private" | "public";

/** A directory of a domain. */
export type DirectoryRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  kind: DirectoryKind;
  connector: string;
  /** Which of TWS's own; of these little can be changed. */
  builtIn: BuiltIn | null;
  /** Of those that know a caller the lowest is shown. */
  priority: number;
  /** By name, as `describeConnectors` tells them; secret ones are null. */
  settings: Record<string, unknown>;
  /** Secret settings: whether there is a value. */
  isSet: Record<string, boolean>;
  /** Internal field: the source's field, with its options. */
  mapping: Record<string, string>;
  /** `private0` to `private9`: what it is called. */
  labels: Record<string, string>;
  merge: boolean;
  schedule: SyncSchedule;
  /** Of the schedule `interval`. */
  minutes: number;
  /** When the last synchronisation ended. */
  synchronised: string | null;
};

/** The first entries of a source, or why it cannot be read. */
export type DirectoryTrialValue = {
  entries: SampleValue[];
  problem: RunProblem | null;
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** Dial plan settings that are left out get the usual ones of France. */
export type DomainFields = {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Digits of an internal number. */
  internalLength?: number;
  /** Country code. */
  countryPrefix?: string;
  /** Dialled to get an outside line. */
  externalPrefix?: string;
  internationalPrefix?: string;
  /** May be empty, as in Spain and Italy. */
  nationalPrefix?: string;
  /** Last digits by which an outside number is recognised. */
  inverseLength?: number;
  /** Taken off the front of an outside caller's number. */
  incomingRemove?: string;
  /** Put in front of it afterwards. */
  incomingAdd?: string;
};

/** The domain of a user. */
export type DomainName = {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
};

/** Users of one company with the same technical environment, and its dial plan. */
export type DomainRow = {
  id: string;
  version: number;
  company: string;
  name: string;
  timeZone: string;
  internalLength: number;
  countryPrefix: string;
  externalPrefix: string;
  internationalPrefix: string;
  nationalPrefix: string;
  inverseLength: number;
  incomingRemove: string;
  incomingAdd: string;
};

/** What a rule does on one telephone now. */
export type Effect =
  | "asked"
  | "behind"
  | "changed"
  | "inForce"
  | "itself"
  | "linkDown"
  | "notAllowed"
  | "notNow"
  | "notOffered"
  | "off"
  | "refused"
  | "taken";

/** What is left out is as it was before anything was chosen. */
export type EmailNotificationBody = {
  missedCalls?: MissedCallMails;
  /** Of a digest. */
  minutes?: number;
  voiceMessages?: boolean;
  /** Null = the e-mail address of the account. */
  address?: string | null;
  /** Of the mails, for whoever has the browser's language. */
  culture?: "fr" | "en" | null;
};

/** What is told you by e-mail. */
export type EmailNotificationValue = {
  /** Calls that nobody answered: `digest` gathers some of them. */
  missedCalls: MissedCallMails;
  /** For which a digest gathers calls. */
  minutes: number;
  voiceMessages: boolean;
  /** Where to; null = the e-mail address of your account. */
  address: string | null;
  /** `fr` or `en`: of the page on which this was chosen. */
  culture: string | null;
};

/** What an authenticator application is given. It is told this once. */
export type EnrolmentValue = {
  /** In base32, to be typed. */
  secret: string;
  /** `otpauth:`, which applications read. */
  address: string;
  /** The same as a QR code: a `data:` address. */
  picture: string;
};

export type EraseBody = {
  /** The company's or the user's, so that no other one is meant. */
  name: string;
};

/** What is gone, or would be: rows by their table, and traces. */
export type ErasedValue = {
  rows: Record<string, number>;
};

/** What failed first. */
export type ExaminationValue = {
  findings: FindingValue[];
};

/** Your account with people outside. Its password is never told. */
export type ExternalAccountValue = {
  address: string;
  /** Of the server; empty: as the domain of the address says. */
  host: string;
  port: number | null;
  /** `away`: the server does not answer and is tried again; `refused`: the account has to be mended; `off`: nothing of your messages is kept, and no page of yours is open. */
  state: "away" | "connected" | "connecting" | "off" | "refused";
  /** Of what is `away` or `refused`. */
  why: SaidValue | null;
};

/** Whether they may see how you are. */
export type ExternalAnswerBody = {
  yes: boolean;
};

/** Somebody outside. */
export type ExternalContactBody = {
  address: string;
  name?: string;
};

/** Somebody outside whom you know by your account. */
export type ExternalContactValue = {
  /** To write to them: `/chats/{id}`. */
  id: string;
  address: string;
  displayName: string;
  /** null = it is not shown to you. */
  availability: "away" | "busy" | "offline" | "online" | null;
  /** You asked to see how they are, and they have not answered. */
  asked: boolean;
  /** They ask to see how you are, and you have not answered. */
  asks: boolean;
  /** They came first: you have not added them. */
  stranger: boolean;
};

/** That you may chat with people outside, with what there is for it. */
export type ExternalValue = {
  account: ExternalAccountValue | null;
  /** By name. */
  contacts: ExternalContactValue[];
};

/** A directory that is read from a file. */
export type FileUseValue = {
  id: string;
  name: string;
};

/** A file of a company. */
export type FileValue = {
  name: string;
  /** Bytes. */
  size: number;
  changed: string;
  /** Which are read from it. */
  directories: FileUseValue[];
};

/** What one check found of one thing. */
export type FindingValue = {
  check: Check;
  outcome: Severity;
  said: SaidValue;
  todo: SaidValue | null;
  /** Of Administration, by its name in the address. */
  page: string | null;
  /** Id of what is to be opened there. */
  row: string | null;
  /** Id; null = of the server. */
  company: string | null;
};

/** The first forwarding rule of somebody that is switched on. */
export type FirstRuleValue = {
  origin: CallOrigin;
  presences: Presence[];
  type: ForwardingType;
  /** Where it leads, as people read it. */
  display: string;
  /** Of the colleague it leads to. */
  name: string | null;
  /** After which a call that nobody answers is forwarded. */
  seconds: number;
};

/** A private field of contacts that TWS keeps itself. */
export type FormFieldValue = {
  label: string;
  /** A postal address. */
  address: boolean;
};

export type Format = "vcard" | "vcard3" | "csv";

/** A forwarding that can be set on this device. */
export type ForwardingKind = {
  type: ForwardingType;
  origin: CallOrigin;
};

/** A forwarding rule. The first that is active and fits counts. */
export type ForwardingRuleValue = {
  id: string;
  version: number;
  active: boolean;
  origin: CallOrigin;
  /** When it applies; the four but `calendar` are always. `calendar`: while the calendar says busy. */
  presences: Presence[];
  type: ForwardingType;
  /** As it was typed. */
  destination: string;
  /** The destination as people read it. */
  display: string;
  /** Of the colleague it leads to. */
  name: string | null;
  effects: RuleEffectValue[];
};

/** When a forwarding applies (ECMA-269 forwardingType, less its origin). */
export type ForwardingType = "busy" | "immediate" | "noAnswer";

/** One forwarding of a device. */
export type ForwardingValue = {
  type: ForwardingType;
  origin: CallOrigin;
  active: boolean;
  destination: string | null;
  /** `destination`, grouped as people read it. */
  display: string | null;
  /** Where the PBX counts rings. */
  ringCount: number | null;
  /** Seconds; where the PBX counts rings, about. */
  ringDuration: number | null;
};

/** The forwardings of the device. */
export type ForwardingsResult = {
  result: ForwardingValue[];
};

/** Whose number it is; null = nobody's. */
export type FoundValue = {
  match: MatchValue | null;
  /** What the PBX would be sent to call it; null = no such number. */
  dials: string | null;
  /** It has more digits than any number in the world. */
  tooLong: boolean;
  /** The numbers where it is more than one, each as it was written: look one of them up. Else empty. */
  several: string[];
};

export type GenerateDigitsBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg of a call of that device. */
  connection: string;
  /** 0-9, A-D, * and #. */
  digits: string;
};

/** `describeGrants` says what may be granted to whom. */
export type GrantBody = {
  kind: GrantKind;
  objectKind: ObjectKind;
  /** Id of a row, or the name of an application. */
  object: string;
  granteeKind: GranteeKind;
  grantee: string;
};

/** What is granted: the types of objects of 7.4. */
export type GrantKind =
  | "application"
  | "calendar"
  | "callLog"
  | "directory"
  | "intercomGroup"
  | "queue"
  | "recordings"
  | "statistics";

/** A type of objects that are granted. */
export type GrantKindValue = {
  kind: GrantKind;
  /** What may be granted. */
  objects: ObjectKind[];
  /** To whom. */
  grantees: GranteeKind[];
  /** Also where both are of different domains of a company. */
  acrossDomains: boolean;
  /** Screens begin with the user who gets the right. */
  reversed: boolean;
  /** All that may be granted, where the objects are applications. */
  applications: Application[];
};

/** Something granted to somebody. */
export type GrantRow = {
  id: string;
  version: number;
  company: string;
  kind: GrantKind;
  objectKind: ObjectKind;
  /** Id of a row, or the name of an application. */
  object: string;
  granteeKind: GranteeKind;
  /** Id of a row. */
  grantee: string;
};

/** To whom it is granted; to a group or a domain: to everybody in it. */
export type GranteeKind = "domain" | "group" | "intercomGroup" | "queue" | "user";

export type GroupPickupCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** A pickup group of the PBX, by its number there. */
  group?: string | null;
};

/** Users to whom something is granted together. */
export type GroupRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  /** Of a user's groups the lowest decides on parameters' values. */
  rank: number;
  /** Ids of users. */
  members: string[];
};

/** A call that this device handed on by a single step, and that still rings there: `takeBackCall` gets it back. */
export type HandedOnValue = {
  /** Id of your device that handed it on. */
  device: string;
  /** The leg that rings: the handle of `takeBackCall`. */
  connection: string;
  thread: string;
  /** At whom it rings. */
  to: PartyValue;
  /** Who waits for an answer. */
  party: PartyValue | null;
  since: string;
};

/** Whether this server can do its work. */
export type HealthValue = {
  status: string;
  version: string;
  database: boolean;
};

/** For the helper of a desk: what it does now. */
export type HelperDutiesValue = {
  username: string;
  /** The key that calls what is selected; empty: none. */
  selected: string;
  /** n of each Ctrl+Fn that calls a chosen number. */
  numbers: number[];
  /** Full paths of those that it may be told to start. */
  programs: string[];
  quiet: boolean;
  quietHours: QuietHoursValue | null;
  /** IANA name: of these hours. */
  timeZone: string;
  /** fr, en, or Auto. */
  culture: string;
};

/** A helper that is connected. */
export type HelperValue = {
  /** What it calls its computer. */
  computer: string;
  /** From where it comes. */
  address: string;
};

/** Whose a device is. */
export type HolderKind = "intercomGroup" | "queue" | "user";

export type HotKeyBody = {
  /** 1 to 11: Ctrl+F1 to Ctrl+F11. */
  key: number;
  number: string;
  /** Id of the contact whose it is. */
  contact?: string | null;
};

/** A shortcut that calls a number. */
export type HotKeyValue = {
  /** 1 to 11: Ctrl+F1 to Ctrl+F11. */
  key: number;
  /** As people write it. */
  number: string;
  /** Id of the contact whose it is; it may be gone. Null = nobody's. */
  contact: string | null;
};

/** By what a number was recognised. */
export type How = "e164" | "internal" | "lastDigits";

/** A card that was not imported. */
export type IgnoredCardValue = {
  /** Of the card in the file, from 1. */
  place: number;
  /** In English. */
  why: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

export type ImportBody = {
  content: string;
  /** Yours alone; false: the company's. */
  private?: boolean;
};

export type ImportConfigurationBody = {
  company: string;
  /** Into this one goes what the file has of its only domain. */
  domain?: string | null;
  content: string;
  /** What is there and is otherwise is changed; else it is kept. */
  overwrite?: boolean;
  /** Nothing is written. */
  dry?: boolean;
};

/** What became of one entry, or of one user. */
export type ImportLineValue = {
  action: Action;
  username: string;
  /** How it is found in its source. */
  called: string;
  why: Reason | null;
  /** More of why, in English; may be empty. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** What an import of users does (7.2). */
export type ImportMode = "insertUpdate" | "insertUpdateDelete" | "insertUpdateDisable" | "update";

/** Something of the source as a whole. */
export type ImportNoteValue = {
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
  /** In English. */
  words: string;
};

export type ImportOutcome = "changed" | "created" | "kept" | "refused" | "same";

export type ImportReportValue = {
  /** Entries read of the source so far. */
  read: number;
  /** Users that the import had brought. */
  known: number;
  created: number;
  updated: number;
  deleted: number;
  disabled: number;
  unchanged: number;
  ignored: number;
  /** Of those ignored, by why. */
  reasons: Record<string, number>;
  /** The first 200 of each action. */
  lines: ImportLineValue[];
  notes: ImportNoteValue[];
};

/** What came of a file. */
export type ImportValue = {
  created: number;
  /** Contacts with the UID of a card. */
  updated: number;
  ignored: IgnoredCardValue[];
  /** Pictures that could not be read: left out of their cards. */
  photosLeft: number;
  /** Properties of the cards for which there is no place: `ADR`... */
  notKept: string[];
};

/** What was done of one row of the file, or would be. */
export type ImportedValue = {
  kind: RowKind;
  name: string;
  /** Empty = of no domain. */
  domain: string;
  outcome: ImportOutcome;
  /** Why it is refused. */
  said: SaidValue | null;
  /** To be filled in afterwards: no file has them. */
  secrets: string[];
};

export type IncidentKind =
  | "backupFailed"
  | "calendarsUnread"
  | "certificate"
  | "clockWrong"
  | "databaseAway"
  | "diskFull"
  | "importFailed"
  | "importHeld"
  | "licence"
  | "linkLost"
  | "mailNotSent"
  | "nodes"
  | "secretLost"
  | "serverEnded"
  | "serviceDown"
  | "smsProviderFailed"
  | "synchronisationFailed"
  | "synchronisationHeld"
  | "wrongPasswords";

/** Some incidents, those that began last first. */
export type IncidentPageValue = {
  entries: IncidentValue[];
  /** To ask for those that follow; null = there are none. */
  before: string | null;
  /** Of all that one may see, now. */
  standing: IncidentsStandingValue;
};

/** Something that went wrong, once or several times in a row. */
export type IncidentValue = {
  id: string;
  kind: IncidentKind;
  /** Id of the row, or name, of what it is of. */
  subject: string;
  /** Of the subject; may be empty. */
  name: string;
  /** Id; null = of the whole server. */
  company: string | null;
  /** The cause. */
  said: SaidValue;
  started: string;
  /** When it last went wrong. */
  last: string;
  /** null = it goes on. */
  ended: string | null;
  /** How often it went wrong. */
  count: number;
  acknowledged: string | null;
  /** The administrator's name. */
  acknowledgedBy: string | null;
  note: string;
};

/** How many incidents an administrator has to look at. */
export type IncidentsStandingValue = {
  open: number;
  /** Of those that are open. */
  unacknowledged: number;
  /** Another text after each change of one. */
  changed: string;
};

/** Whether nobody has been named administrator yet. */
export type InitialisationValue = {
  needed: boolean;
};

export type InitialiseBody = {
  username: string;
  password: string;
  company: string;
  domain: DomainFields;
};

/** People who see each other's telephones. */
export type IntercomGroupRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  /** Id; null = it has no numbers. */
  link: string | null;
  /** The first; may be empty. */
  number: string;
  /** How many numbers, one after the other. */
  count: number;
  protocol: string;
  /** `None`: telephones that are there; `TWP/TWS`: virtual ones. */
  mediaProtocol: string;
  /** Calls that a virtual device has at once. */
  lines: number;
  /** Whether there is one; it is never told. */
  passwordSet: boolean;
  /** Telephones on the link that are no user's. */
  supervised: string[];
};

/** A note, as the user reads it. */
export type JournalNoteValue = {
  id: string;
  version: number;
  text: string;
  /** Read by everybody of the author's domain. */
  public: boolean;
  created: string;
  /** Name. */
  author: string;
  mine: boolean;
  /** Line of a call log: its id. */
  call: string | null;
  /** Of that call. */
  thread: string | null;
  contact: string | null;
  /** As it can be dialled; may be empty. */
  number: string;
  display: string;
  /** Whom it is about; may be empty. */
  name: string;
};

/** What a user has in the event journal besides the calls. */
export type JournalValue = {
  /** Another one: ask `listNotes` and `getJournalNews` again. */
  changed: string;
  /** Whose call logs the user may read. */
  logs: LogOwnerValue[];
};

/** At which a parameter may be set. */
export type Level = "default" | "domain" | "group" | "user";

export type LicenceBody = {
  /** The text of the licence file. */
  file: string;
};

/** The licence of this installation. */
export type LicencesValue = {
  /** Eight groups of four digits 0-9 A-F. */
  dongle: string;
  /** `community` (no file), `valid`, `expired`, `otherInstallation` (its number is another one) or `notTrusted`; the last three allow nobody more. */
  state: string;
  voucher: string | null;
  holder: string | null;
  issued: string | null;
  expires: string | null;
  /** For super users; empty for others. */
  counts: CountValue[];
};

/** The PBX link of a device, and how it is. */
export type LinkName = {
  id: string;
  name: string;
  state: LinkState;
  why: string | null;
  /** What pages say for `why` in their language. */
  sentence: SentenceValue | null;
  since: string | null;
};

/** A link to a PBX. */
export type LinkRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  dialect: string;
  /** Devices monitored at once. */
  capacity: number;
  enabled: boolean;
  /** By name, as `listDialects` tells them; secret ones are null. */
  settings: Record<string, unknown>;
  /** Secret settings: whether there is a value. */
  isSet: Record<string, boolean>;
};

/** Of the connection to a PBX (TWS specification 10.4). */
export type LinkState = "connecting" | "down" | "misconfigured" | "starting" | "up";

/** How a PBX answered. */
export type LinkTrialValue = {
  /** `up`: it lets TWS in; `misconfigured`: it never will so. */
  state: LinkState;
  /** In words, unless it is up. */
  why: string | null;
  /** What pages say for `why` in their language. */
  sentence: SentenceValue | null;
  /** Product and version of the PBX. */
  version: string | null;
};

/** A PBX link, for administrators. */
export type LinkValue = {
  id: string;
  name: string;
  dialect: string;
  /** Id. */
  company: string;
  /** Id. */
  domain: string;
  enabled: boolean;
  /** Where the PBX is reached; null where it calls this server. */
  host: string | null;
  port: number | null;
  state: LinkState;
  why: string | null;
  /** What pages say for `why` in their language. */
  sentence: SentenceValue | null;
  since: string | null;
  /** Product and version of the PBX. */
  version: string | null;
  monitored: number;
  /** Devices that the capacity leaves out. */
  waiting: number;
  capacity: number;
};

/** Lists of contacts: whether they are as they were. */
export type ListsValue = {
  /** Another text after each change: ask `listContactLists` again. */
  changed: string;
};

/** Values that are new or other, and keys that are no more. */
export type LiveChange = {
  type: "change";
  n: number;
  set: Record<string, unknown>;
  gone: string[];
};

/** What the client sends first: where it left off, if it had a stream. */
export type LiveHello = {
  type: "hello";
  stream?: string | null;
  /** The last number received on that stream. */
  last?: number | null;
  /** Ids of the users whose presence is to be told: `presence/<user>`, of those who may be seen. It replaces what was asked for before. */
  watch?: string[];
  /** For the helper of a desk: what its computer is called. */
  computer?: string;
  /** As in `LiveSight`; what is not said is hidden. */
  visible?: boolean;
};

/** Something that happened, and is not part of the state. */
export type LiveMoment = {
  type: "moment";
  n: number;
  moment: LogMoment | OtherLogMoment | ChatMoment | CallChatMoment | ChatTypingMoment | ChatReadMoment | ChatDeliveryMoment | RunMoment;
};

/** This stream can't go on; connect again without it. The connection is then closed. */
export type LiveRestart = {
  type: "restart";
  why: "slow";
};

/** The stream goes on: what was missed follows, up to `n` and beyond. */
export type LiveResumed = {
  type: "resumed";
  stream: string;
  n: number;
  time: string;
};

/** What a page may send later: whether it is looked at. While one is, its browser is told of calls by the page alone. */
export type LiveSight = {
  type: "sight";
  visible: boolean;
};

/** A new stream: everything, and number 0. Forget all that was known before. */
export type LiveSnapshot = {
  type: "snapshot";
  stream: string;
  n: 0;
  time: string;
  state: Record<string, unknown>;
};

/** Every 15 seconds: the line lives, and what time it is here. Not numbered. */
export type LiveTick = {
  type: "tick";
  time: string;
};

/** What the client may send later, as often as it likes: whom it shows now. */
export type LiveWatch = {
  type: "watch";
  /** Ids of the users whose presence is to be told: `presence/<user>`, of those who may be seen. It replaces what was asked for before. */
  users: string[];
};

/** A call that is over, as its user reads it. */
export type LogEntryValue = {
  id: string;
  /** Id. */
  device: string;
  thread: string;
  direction: Direction;
  outcome: Outcome;
  /** How it ended: an ECMA-269 cause. */
  cause: string;
  /** The other party's, as it can be dialled; may be empty. */
  number: string;
  display: string;
  name: string;
  contact: string | null;
  restricted: boolean;
  queue: QueueValue | null;
  via: LogViaValue | null;
  /** Forwarded or transferred to whom; answered by whom. */
  other: LogPartyValue | null;
  started: string;
  answered: string | null;
  ended: string;
  /** Seconds. */
  ringing: number;
  /** Seconds of conversation. */
  duration: number;
  /** Its beginning was not seen. */
  joinedLate: boolean;
  endNotSeen: boolean;
  /** The PBX was not heard for a part of it. */
  gap: boolean;
};

export type LogFormat = "csv" | "xlsx";

/** A line of the user's call log is new, or has changed. */
export type LogMoment = {
  kind: "log";
  entry: LogEntryValue;
};

/** Somebody whose call log the user may read. */
export type LogOwnerValue = {
  id: string;
  name: string;
};

/** Some lines of the call log, newest first. */
export type LogPageValue = {
  entries: LogEntryValue[];
  before: string | null;
};

/** Somebody in a line of the call log, as they were known then. */
export type LogPartyValue = {
  number: string | null;
  name: string | null;
  display: string | null;
};

/** Why a call came other than by being dialled, and by whom. */
export type LogViaValue = {
  cause: string;
  by: LogPartyValue;
};

export type LoginAdministratorBody = {
  username: string;
  password: string;
  /** Of the second factor, where `secondFactorNeeded` was answered. */
  code?: string | null;
};

export type LoginBody = {
  username: string;
  /** Empty where the user signs in by name alone. */
  password?: string;
  /** Needed where users of several companies have that name. */
  company?: string | null;
  /** Of the second factor, where `secondFactorNeeded` was answered. */
  code?: string | null;
};

/** A way to sign in by somebody else's page. */
export type LoginProviderValue = {
  /** For `loginWithOpenId`. */
  id: string;
  /** The words on its button. */
  label: string;
};

export type LoginWithPasskeyBody = {
  /** `rawId` of what the browser answers. */
  credential: string;
  /** `clientDataJSON` of its response. */
  clientData: string;
  authenticatorData: string;
  signature: string;
  userHandle: string;
};

export type LoginWithWindowsBody = {
  /** Of the second factor, where `secondFactorNeeded` was answered. */
  code?: string | null;
};

/** What became of a test mail. */
export type MailTrialValue = {
  sent: boolean;
  /** What the server says, or what is wrong. */
  said: SaidValue;
};

export type MakeCallBody = {
  /** Id of one of your devices; null = your current device, as the chosen profile says, or the only one that you have. */
  device?: string | null;
  called: string;
  /** true: the phone rings first, and dials when it is lifted. */
  prompt?: boolean;
  /** true: who is called is not told your number; null: as you prefer. Refused (`numberNotHidden`) where the PBX cannot: see `hidesNumber` of `DeviceValue`. */
  hideNumber?: boolean | null;
};

/** A contact that has the number looked up. */
export type MatchValue = {
  name: string;
  company: string | null;
  kind: NumberKind;
  /** As it is written on the card. */
  number: string;
  how: How;
  contact: ContactValue;
  /** The next best ones. */
  others: MatchValue[];
};

/** Who is signed in, for a user. */
export type MeValue = {
  id: string;
  username: string;
  displayName: string;
  /** Empty = none is known. */
  email: string;
  /** `fr`, `en`, or `Auto`: the browser's. */
  culture: string;
  /** The company's name. */
  company: string;
  domain: DomainName;
  applications: string[];
  /** Where your photo is served; null = none. */
  photo: string | null;
};

export type MembersBody = {
  /** The version that you changed. */
  version: number;
  members: string[];
};

/** Whether calls that nobody answered are told by e-mail (9.1.5). */
export type MissedCallMails = "atOnce" | "digest" | "never";

/** Whether we hear of a device's calls. */
export type MonitorState =
  | "linkDown"
  | "monitored"
  | "outOfService"
  | "refused"
  | "starting"
  | "waiting";

export type MoveCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg of a call of that device. */
  connection: string;
  /** Id of another of your devices, on the same PBX. */
  to: string;
};

/** The parameters of TWS Caller that are of use already. */
export type MyParametersValue = {
  /** By name, as `MapServiceURL`. */
  values: Record<string, string | number | boolean>;
  /** Whether a mail server is set for you: else no e-mail comes to you. */
  mailServer: boolean;
};

/** What you chose for yourself in the Caller. */
export type MyPreferencesValue = {
  /** 0 while nothing was chosen. */
  version: number;
  /** Behind a ringing call of an important person, as `#rrggbb`; null = the page's own. */
  vipColour: string | null;
  hotKeys: HotKeyValue[];
  /** A key calls the number that is selected. */
  selectedByKey: boolean;
  /** That key, as `Ctrl+F12` or `Ctrl+Alt+D`. */
  selectedKeys: string;
  spaceAnswers: boolean;
  /** Whom you call is not told your number. */
  hideNumber: boolean;
  /** When the card of somebody who calls is shown. */
  screenPop: Trigger;
  /** While a call rings. */
  sound: Sound;
  /** Nothing is heard and nothing is notified. */
  quiet: boolean;
  quietHours: QuietHoursValue | null;
  /** Labels of the private fields that are shown of a caller. */
  alerterFields: string[];
  /** The same of somebody who calls a queue. */
  queueFields: string[];
  emails: EmailNotificationValue;
  /** The helper of the desk shows calls as the computer's own. */
  notifiedByHelper: boolean;
};

/** That you may send text messages. */
export type MySmsValue = {
  /** That one text may have. */
  mostParts: number;
  /** Another text once what you sent has come further. */
  changed: string;
};

/** A new API key. Its secret is told this once. */
export type NewApiKeyValue = {
  key: ApiKeyValue;
  secret: string;
};

/** What came into the journal since the user looked at it. */
export type NewsValue = {
  seen: string | null;
  /** Missed calls, messages and notes together. */
  unread: number;
  missed: number;
  /** Public notes of others about calls of the user. */
  notes: number;
  /** The last ones, also those that were seen. */
  messages: VoiceNoticeValue[];
};

export type NodeLinkValue = {
  id: string;
  name: string;
};

/** One process of this server; what it does not say is null while it does not answer. */
export type NodeValue = {
  name: string;
  /** The one that was asked. */
  here: boolean;
  answers: boolean;
  version: string | null;
  started: string | null;
  /** It does what one node does for all. */
  works: boolean;
  /** Those that it holds. */
  links: NodeLinkValue[];
  /** Live streams open at it. */
  pages: number | null;
  /** Whether its database answers. */
  database: boolean | null;
  /** Until it answered. */
  milliseconds: number | null;
  /** News of others not heard there yet. */
  behind: number | null;
};

export type NodesValue = {
  /** Whether there can be more than this one. */
  several: boolean;
  /** Whether they can hear each other now. */
  reached: boolean;
  nodes: NodeValue[];
  /** Links that no node holds. */
  unheld: NodeLinkValue[];
};

/** Some notes, newest first. */
export type NotePageValue = {
  entries: JournalNoteValue[];
  before: string | null;
};

/** What of an entry would not be kept. */
export type NoteValue = {
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
  /** As in remarks. */
  why: string;
  /** In English. */
  words: string;
};

/** The PBX did it. */
export type NothingResult = {
  result: null;
};

export type NumberBody = {
  kind?: "work" | "mobile" | "home" | "assistant" | "standard";
  number: string;
};

/** Which way a number goes through a dial plan. */
export type NumberDirection = "dialled" | "displayed" | "lookedUp";

export type NumberExampleBody = {
  direction: NumberDirection;
  number: string;
  expected: string;
};

/** A number, and what the plan must go on making of it. */
export type NumberExampleValue = {
  direction: NumberDirection;
  number: string;
  expected: string;
};

/** The five numbers of a card (specification 8.1, tab "Champs"). */
export type NumberKind = "assistant" | "home" | "mobile" | "standard" | "work";

/** Which row the object of a grant is; an application is none, but a name. */
export type ObjectKind = "application" | "directory" | "group" | "intercomGroup" | "queue" | "user";

export type OnConnection = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg of a call of that device. */
  connection: string;
};

export type OnDevice = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
};

export type OnTwo = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  held: string;
  active: string;
};

export type OpenIdCodeBody = {
  /** Of the second factor. */
  code: string;
};

/** A browser that is signed in. */
export type OpenSessionValue = {
  id: string;
  created: string;
  /** When it was last used. */
  seen: string;
  address: string;
  /** What the browser says it is. */
  agent: string;
  /** Whether it is the one that asks. */
  current: boolean;
};

export type OrderListBody = {
  /** The version that you changed. */
  version: number;
  contacts: string[];
};

export type OrderRulesBody = {
  rules: string[];
};

/** Where a part of a card comes from. */
export type OriginValue = {
  /** Its name. */
  directory: string;
  /** When; null = TWS's own directory. */
  synchronised: string | null;
};

/** A line of the call log of somebody else is new, or has changed: ask `listCallLog` again. */
export type OtherLogMoment = {
  kind: "otherLog";
  user: string;
};

/** Another party of a call in a snapshot, as the PBX names them. */
export type OtherValue = {
  deviceId: string;
  state: ConnectionState;
  number: string | null;
  name: string | null;
};

/** How a leg ended, for its user. */
export type Outcome =
  | "answered"
  | "answeredElsewhere"
  | "busy"
  | "cancelled"
  | "endNotSeen"
  | "failed"
  | "forwarded"
  | "missed"
  | "refused"
  | "transferred";

/** A directory of your contacts that could not be read with an account of yours. */
export type OwnContactsFailedValue = {
  /** Its name. */
  directory: string;
  tried: string;
  unread: UnreadValue;
};

/** What somebody says. */
export type OwnWordsValue = {
  /** Null: nothing; it is as telephone, calendar and pages have it. */
  state: PresenceState | null;
  message: string;
  since: string;
  /** Null: until it is said otherwise. */
  until: string | null;
};

/** A parameter of an application. */
export type ParameterDefinition = {
  application: string;
  name: string;
  kind: ValueKind;
  /** What it is for, in English. */
  help: string;
  /** What TWS comes with. */
  default: string | number | boolean;
  /** At which it may be set. */
  levels: Level[];
  expert: boolean;
  /** False: it is stored, and nothing reads it yet. */
  served: boolean;
  aliases: string[];
  choices: string[];
  /** Of a number. */
  minimum?: number | null;
  maximum?: number | null;
  unit?: Unit | null;
};

/** Why a parameter is what it is for a user. */
export type ParameterExplanation = {
  parameter: string;
  /** null = a secret, which is set. */
  value: string | number | boolean | null;
  winner: ParameterSetting;
  /** What would count without those before. */
  losers: ParameterSetting[];
};

/** A value of a parameter, and where it is set. */
export type ParameterSetting = {
  level: Level;
  /** Of the user, group or domain. */
  name: string;
  /** null = a secret, which is set. */
  value: string | number | boolean | null;
  /** Id of the value; null = what TWS comes with. */
  row: string | null;
};

/** What a parameter is for a user, a group, a domain, or, where all are null, the company. */
export type ParameterValueRow = {
  id: string;
  version: number;
  company: string;
  parameter: string;
  /** null = a secret, which is set. */
  value: string | number | boolean | null;
  user: string | null;
  group: string | null;
  domain: string | null;
};

export type ParkCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg of a call of that device. */
  connection: string;
  parkTo?: string | null;
};

/** A call that this device left at a park place: `directedPickupCall` there fetches it. */
export type ParkedValue = {
  /** Id. */
  device: string;
  /** A number that can be dialled, too. */
  place: string;
  /** Who waits there. */
  party: PartyValue;
  since: string;
};

export type PartState = "absent" | "elsewhere" | "failed" | "running" | "stopped";

/** Somebody else in a call. A withheld number is null. */
export type PartyValue = {
  number: string | null;
  /** The number grouped as people of the country read it. */
  display: string | null;
  name: string | null;
  company: string | null;
  /** Id of the contact of that name. */
  contact: string | null;
  state: ConnectionState | null;
  restricted: boolean;
};

/** For `navigator.credentials.create`: PublicKeyCredentialCreationOptionsJSON. */
export type PasskeyCreationValue = {
  rp: RelyingPartyValue;
  user: PasskeyUserValue;
  /** In base64url; good once, for 5 minutes. */
  challenge: string;
  pubKeyCredParams: PasskeyParametersValue[];
  excludeCredentials: PasskeyDescriptorValue[];
  authenticatorSelection: AuthenticatorSelectionValue;
  attestation: string;
};

/** A passkey that is there already. */
export type PasskeyDescriptorValue = {
  type: string;
  /** In base64url. */
  id: string;
};

/** A kind of key that is taken. */
export type PasskeyParametersValue = {
  type: string;
  /** Of COSE. */
  alg: number;
};

/** For `navigator.credentials.get`: PublicKeyCredentialRequestOptionsJSON. */
export type PasskeyRequestValue = {
  /** In base64url; good once, for 5 minutes. */
  challenge: string;
  rpId: string;
  userVerification: string;
};

/** Who may sign in by a passkey at this address of the server: where somebody has one. */
export type PasskeySignInValue = {
  /** To some of the users. */
  offered: boolean;
  /** To some administrators. */
  administrators: boolean;
};

/** Whose a passkey will be, as browsers tell it. */
export type PasskeyUserValue = {
  /** In base64url. */
  id: string;
  name: string;
  displayName: string;
};

/** A passkey of somebody's. */
export type PasskeyValue = {
  id: string;
  name: string;
  created: string;
  /** When somebody last signed in with it. */
  seen: string | null;
  /** The name of the server where it is good. */
  place: string;
  /** Whether it is on several devices of theirs. */
  backedUp: boolean;
};

/** One's passkeys. */
export type PasskeysValue = {
  /** Whether one may be added: this account signs in by TWS, and this address of the server is one of its own names, by https. */
  offered: boolean;
  passkeys: PasskeyValue[];
};

export type PasswordBody = {
  password: string;
};

/** Whether a forgotten password can be replaced here. */
export type PasswordResetValue = {
  /** Whether mails are set up. */
  offered: boolean;
};

/** The PBX parked the call; the place to fetch it from, where the PBX tells it. */
export type PlaceResult = {
  result: string | null;
};

/** A text, an image or a button at its place. */
export type PopElementValue = {
  /** `text`, `image` or `button`. */
  kind: string;
  /** Pixels from the left. */
  x: number;
  /** Pixels from the top. */
  y: number;
  /** Of a button its label. */
  text: string;
  /** Of an image, or what a button opens; empty = nothing. */
  address: string;
  /** What a button runs: the program, and each of its arguments. */
  command: string[];
};

/** The screen pop of an incoming call. */
export type PopValue = {
  /** The leg. */
  connection: string;
  mode: AlerterMode;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** The background has the colour that the user chose. */
  vip: boolean;
  /** In mode `XML`. */
  elements: PopElementValue[];
  /** The page of mode `URL`; null until the caller is looked up. */
  address: string | null;
  /** The caller has been looked up, whoever it is. */
  settled: boolean;
  /** The template is missing or has mistakes: TWS's own is drawn. */
  mistaken: boolean;
};

/** When a rule holds. At every moment one of the first four does; *calendar* besides, while the calendar says busy. All four of them are *always*. */
export type Presence = "absent" | "busy" | "calendar" | "offline" | "online";

/** What you say of yourself from now on. */
export type PresenceBody = {
  /** Null: nothing; as telephone, calendar and open pages have it. */
  state?: PresenceState | null;
  message?: string;
  /** Null: until you say otherwise. */
  until?: string | null;
};

/** What somebody says, in the guide's words. */
export type PresenceState = "absent" | "busy" | "offline" | "online";

/** How somebody is. What is null is not known, or not shown to who asks. */
export type PresenceValue = {
  /** Id. */
  user: string;
  displayName: string;
  state: State;
  /** What the state was taken from. */
  because: Because;
  said: OwnWordsValue | null;
  /** Whether a page of theirs is open. */
  page: boolean | null;
  telephone: TelephonePresenceValue | null;
  calendar: CalendarStateValue | null;
  /** To secretaries only; null = there is none, or it is not shown. */
  rule: FirstRuleValue | null;
  /** You may write to each other. */
  chat: boolean;
};

/** A field of a directory's own. */
export type PrivateFieldValue = {
  /** As its directory calls it; `private0` where it does not. */
  label: string;
  text: string;
  /** A postal address: `MapServiceURL` leads to its map. */
  address: boolean;
  /** Of contacts that TWS keeps itself: pages say `Address`, `Title` and `Note` in their language. */
  own: boolean;
};

/** An error (RFC 9457). More members may stand beside these: `field` and `errors` of invalid content, `cause` of the PBX, `version` of a row that has changed. */
export type Problem = {
  /** A URI of the kind of error. */
  type: string;
  title: string;
  status: number;
  /** Stable, for programs. */
  code: string;
  /** For people: what happened, what to do. */
  detail: string;
  /** Which member of the body is meant. */
  field?: string;
  errors?: {
    field: string;
    message: string;
    kind?: string;
  }[];
  /** The ECMA-269 error of the PBX. */
  cause?: string;
  /** Seconds. */
  retryAfter?: number;
  /** The trace id of the request (W3C Trace Context): the log of the server has it. */
  request?: string;
};

/** What the user may do. */
export type ProfileChoicesValue = {
  /** May make a profile. */
  create: boolean;
  /** May make a number the current device of a profile. */
  newDevice: boolean;
};

/** A current device, and the forwarding rules that go with it. */
export type ProfileValue = {
  id: string;
  version: number;
  name: string;
  /** Id of your device from which you call; null = `number`, or it is yours no more. */
  device: string | null;
  /** The current device is a telephone elsewhere, to which every call is forwarded, as its number was typed; empty = it is `device`. */
  number: string;
  /** `number` as people read it. */
  display: string;
  /** Ids of the forwarding rules that are switched on with it. */
  rules: string[];
  chosen: boolean;
};

/** A user's profiles, by their names. */
export type ProfilesValue = {
  profiles: ProfileValue[];
  choices: ProfileChoicesValue;
};

export type PushSubscriptionValue = {
  /** The `applicationServerKey` to subscribe with (RFC 8292); null = this server tells no browser. */
  key: string | null;
  /** This browser is told. */
  subscribed: boolean;
};

/** A shared call queue. */
export type QueueRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  /** Id; null = it has no number yet. */
  link: string | null;
  number: string;
  protocol: string;
  /** `None`: a device that is there; `TWS`: a virtual one. */
  mediaProtocol: string;
  /** Calls that a virtual device has at once. */
  lines: number;
  /** Whether there is one; it is never told. */
  passwordSet: boolean;
};

/** A call queue as it is now. */
export type QueueStateValue = {
  id: string;
  name: string;
  number: string;
  /** The first comes first. */
  waiting: WaitingValue[];
  answering: AnsweringValue[];
  agents: AgentsValue;
  /** Ask `listAbandonedCalls` again when it is another; null = not since the server started. */
  abandonedChanged: string | null;
};

/** The queue that a call came through. */
export type QueueValue = {
  number: string | null;
  name: string | null;
};

export type QuietHoursBody = {
  /** On which they begin: 1 = Monday. */
  days: number[];
  start: string;
  end: string;
};

/** When nothing is heard and nothing is notified, by the clock of your domain's time zone. Hours that end before they begin go on until the next day; the same hour twice: all day. */
export type QuietHoursValue = {
  /** On which they begin: 1 = Monday to 7 = Sunday. */
  days: number[];
  /** HH:MM. */
  start: string;
  /** HH:MM. */
  end: string;
};

/** What became of a program. */
export type RanValue = {
  outcome: RunOutcome;
  computer: string;
};

/** Why an entry is left out, or more than its action says. */
export type Reason =
  | "adopted"
  | "back"
  | "badNumber"
  | "changedMeanwhile"
  | "gone"
  | "identifierTwice"
  | "invalid"
  | "noIdentifier"
  | "noNumber"
  | "noUsername"
  | "notHere"
  | "numberTaken"
  | "numberTwice"
  | "outsideNumber"
  | "usernameTaken"
  | "usernameTwice";

/** Each signs in once instead of a code of the telephone. They are told this once. */
export type RecoveryCodesValue = {
  codes: string[];
};

/** For whom a passkey is made. */
export type RelyingPartyValue = {
  id: string;
  name: string;
};

/** What an administrator should look at, though it is not wrong. */
export type Remark = "prefixBeforeRule" | "tooLong";

/** Why entries were left out, or what of them was not kept. */
export type RemarkValue = {
  /** nameless, noIdentifier, twice; of notes the internal field, or noRows, longRows of the source as a whole. */
  why: string;
  /** The same in English. */
  words: string;
  count: number;
  /** Identifiers or names of some, and what is wrong with them. */
  examples: string[];
  /** The same, for other languages; null = it is the same in all. */
  sentences: (SentenceValue | null)[];
};

export type ReplayCallValue = {
  number: number;
  steps: ReplayStepValue[];
};

/** Where a call goes another way now; null = it does not get there. */
export type ReplayDifferenceValue = {
  call: number;
  step: number;
  recorded: ReplayStepValue | null;
  replayed: ReplayStepValue | null;
};

export type ReplayLegValue = {
  device: string;
  state: string;
  direction: string;
  number: string | null;
};

/** A call after one change of it. */
export type ReplayStepValue = {
  at: string;
  cause: string;
  legs: ReplayLegValue[];
  /** Device and cause of each that left. */
  ended: string[][];
};

/** What the drivers and the call table of today make of a trace. */
export type ReplayValue = {
  /** Whether it could be compared with what the server had then: a trace of all devices in which the link began, and of which nothing is missing. */
  compared: boolean;
  /** Whether the link began in it. */
  begun: boolean;
  records: number;
  messages: number;
  /** Messages from before the link began. */
  skipped: number;
  dropped: number;
  callCount: number;
  /** The first of them. */
  calls: ReplayCallValue[];
  /** How often, by name. */
  notUnderstood: Record<string, number>;
  /** Messages that are sent otherwise now. */
  unlikeSent: number;
  differenceCount: number;
  differences: ReplayDifferenceValue[];
};

export type ReportRunBody = {
  outcome: RunOutcome;
};

export type ResetPasswordBody = {
  /** Of the letter: what follows `#reset=`. */
  token: string;
  password: string;
};

/** Something that keeps a user from seeing what he asks for. */
export type RightDenial = {
  /** Stable, for programs. */
  why: string;
  /** For people. */
  detail: string;
  parameters: Record<string, unknown>;
};

/** A grant by which a user has something. */
export type RightReason = {
  /** Its id. */
  grant: string;
  /** Granted to the user himself, to a group of his, or to his domain. */
  byKind: GranteeKind;
  /** Id of that. */
  by: string;
  /** Granted is the object itself, or a group it is in. */
  ofKind: ObjectKind;
  /** Id of that, or the name of an application. */
  of: string;
};

/** Something that a user has. */
export type RightValue = {
  kind: GrantKind;
  objectKind: ObjectKind;
  /** Id of a row, or an application's name. */
  object: string;
  /** By which grants; in person first. */
  reasons: RightReason[];
};

/** Whether a user sees something, and why. */
export type RightVerdict = {
  sees: boolean;
  /** It is his own: no grant is needed. */
  own: boolean;
  objectKind: ObjectKind;
  /** Every one. */
  reasons: RightReason[];
  /** Everything that keeps him from it. */
  denials: RightDenial[];
};

export type RowKind =
  | "collaboration"
  | "directory"
  | "domain"
  | "grant"
  | "group"
  | "intercomGroup"
  | "link"
  | "parameter"
  | "queue"
  | "userImport";

/** What the user may choose for a rule. */
export type RuleChoicesValue = {
  /** May have rules at all. */
  change: boolean;
  origins: CallOrigin[];
  presences: Presence[];
  types: ForwardingType[];
};

/** What a rule does on one telephone. */
export type RuleEffectValue = {
  /** Id. */
  device: string;
  number: string;
  /** `inForce`: the telephone forwards by it. `asked`: it is being written. `off`: it is switched off. `notNow`: it is for another presence. `behind`: a rule before it is for the same calls. `changed`: it was changed at the telephone, which counts. `taken`: a forwarding made at the telephone stands there. `notOffered`: this telephone has no such forwarding. `itself`: it leads to this telephone. `refused`: by the PBX, see `cause`. `linkDown`: it is written once the PBX can be asked. `notAllowed`: what it needs was taken from the user. */
  effect: Effect;
  /** An ECMA-269 error. */
  cause: string | null;
  /** The PBX's own words. */
  reason: string | null;
};

export type RulesFileBody = {
  content: string;
};

/** A user's forwarding rules in their order, and what the telephones forward besides. */
export type RulesValue = {
  rules: ForwardingRuleValue[];
  /** Empty where the user may not see them. */
  telephones: TelephoneForwardingValue[];
  choices: RuleChoicesValue;
  /** After which a call that nobody answers is forwarded. */
  seconds: number;
};

/** For the helper of a desk: start this, and report what became of it. */
export type RunMoment = {
  kind: "run";
  id: string;
  /** The program, by its full path, and each of its arguments. */
  command: string[];
};

/** What became of an order, as the helper says. */
export type RunOutcome = "notAllowedHere" | "notStarted" | "programNotFound" | "started";

/** Whom a failure is for, or why it was cancelled. */
export type RunProblem = "changed" | "interrupted" | "misconfigured" | "refused" | "unreachable";

export type RunProgramBody = {
  /** The leg of a call whose pop has the button. */
  connection: string;
  /** As the button has it: the program, and each of its arguments. */
  command: string[];
};

export type RunState = "asking" | "cancelled" | "done" | "failed" | "merging" | "reading";

/** One synchronisation of a directory. */
export type RunValue = {
  id: string;
  /** Id. */
  directory: string;
  state: RunState;
  /** Who asked for it; null = the timetable. */
  by: string | null;
  started: string;
  ended: string | null;
  /** Entries read of the source so far. */
  read: number;
  /** Contacts that the directory had. */
  known: number;
  created: number;
  updated: number;
  deleted: number;
  unchanged: number;
  /** Of those created, updated and deleted: done so far. */
  merged: number;
  ignored: RemarkValue[];
  notes: RemarkValue[];
  unread: UnreadValue[];
  problem: RunProblem | null;
  /** What the problem is, for administrators. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** The same with its words in English. */
export type SaidValue = {
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
  words: string;
};

/** An entry of a source, and what would become of it. */
export type SampleValue = {
  /** By the source's own names. */
  entry: Record<string, string>;
  name: string;
  numbers: string[];
  emails: string[];
  /** Why it would be left out, as in remarks; may be empty. */
  ignored: string;
  notes: NoteValue[];
};

/** How an identity provider makes and changes users and groups of a domain by SCIM. */
export type ScimConnectionRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  /** On which each is given an extension: id; null = nobody is. */
  link: string | null;
  protocol: string;
  label: string;
  culture: string;
  /** Numbers go through the dial plan. */
  adapt: boolean;
  /** It may look at and take over users and groups of its domain whom nobody else brought. */
  takeOver: boolean;
  /** null = it has none. */
  tokenMade: string | null;
  /** When it last was; null = never. */
  tokenUsed: string | null;
  /** What the provider is told; it begins with `/` where no public address is configured. */
  address: string;
  /** How many it has brought. */
  users: number;
  groups: number;
};

/** A token that was made now. */
export type ScimTokenValue = {
  connection: ScimConnectionRow;
  /** Told this once: nobody can show it again. */
  token: string;
};

/** A directory that searches look into. */
export type SearchedDirectoryValue = {
  id: string;
  name: string;
  /** The name of its domain: several have directories of one name. */
  domain: string;
  builtIn: BuiltIn | null;
  /** Labels of its private fields, by which contacts are found. */
  fields: string[];
  /** Fields that people fill in: none where they write nothing. */
  form: FormFieldValue[];
  /** Contacts that you write down are kept in it. */
  yours: boolean;
};

/** Whether a code is needed to sign in besides the password. */
export type SecondFactorValue = {
  needed: boolean;
  created: string | null;
  /** How many are left. */
  recoveryCodes: number;
};

export type SeeJournalBody = {
  until: string;
};

/** What became of contacts that were sent. */
export type SentValue = {
  /** Its name. */
  directory: string;
  read: number;
  created: number;
  updated: number;
  deleted: number;
  unchanged: number;
  /** What was left out, and why. */
  ignored: RemarkValue[];
  /** What was not kept whole. */
  notes: RemarkValue[];
};

/** What pages say in their language, should they know the template. */
export type SentenceValue = {
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** A part of the server, or a service of the guide that this version does not have. */
export type ServiceValue = {
  name: string;
  /** Its names in the guide. */
  aliases: string[];
  state: PartState;
  why: SaidValue | null;
  /** What is started before it. */
  needs: string[];
  /** What is stopped before it now. */
  stopsWith: string[];
  /** It cannot be stopped while the server runs. */
  fixed: boolean;
};

/** What an order did. */
export type ServicesChangedValue = {
  /** By their names here, in order. */
  stopped: string[];
  /** By their names here, in order. */
  started: string[];
  services: ServiceValue[];
};

/** All of them: what does not run as it should first. */
export type ServicesValue = {
  services: ServiceValue[];
  /** Whether who asks is a super user. */
  mayChange: boolean;
};

/** Who is signed in: a user or an administrator. */
export type SessionValue = {
  user: MeValue | null;
  administrator: AdministratorValue | null;
  applications: string[];
};

/** A password that is left out stays. */
export type SetCollaborationAccountBody = {
  username: string;
  email?: string;
  password?: string;
};

/** A password that is left out stays, unless the server is another. */
export type SetExternalAccountBody = {
  /** Of XMPP, as people write it. */
  address: string;
  password?: string;
  /** Empty: as the domain of the address says. */
  host?: string;
  /** Of `host`: 5222. */
  port?: number | null;
};

export type SetForwardingBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  type: "immediate" | "busy" | "noAnswer";
  origin?: "all" | "internal" | "external";
  active: boolean;
  destination?: string | null;
  ringCount?: number | null;
  /** Seconds. */
  ringDuration?: number | null;
};

export type SetMyLanguageBody = {
  /** `Auto`: the browser's. */
  culture: "Auto" | "fr" | "en";
};

/** For exactly one of a user, a group, a domain, or a company as a whole. */
export type SetParameterBody = {
  parameter: string;
  /** Of the parameter's kind: text, number, true or false, HH:MM. A secret is written, and never told. */
  value: boolean | number | string;
  company?: string | null;
  domain?: string | null;
  group?: string | null;
  user?: string | null;
  /** Of the value that you saw there; null = there was none. */
  version?: number | null;
};

/** What the browser's `PushSubscription.toJSON()` says. */
export type SetPushSubscriptionBody = {
  endpoint: string;
  /** `p256dh`. */
  key: string;
  auth: string;
};

/** One field of a form. Pages have its words in their languages by its name. */
export type SettingValue = {
  name: string;
  type: "choice" | "lines" | "number" | "switch" | "text" | "url";
  default: string | number | boolean | null;
  /** In English. */
  help: string;
  secret: boolean;
  choices: string[] | null;
  required: boolean;
  /** Has a value that suits most. */
  expert?: boolean;
  minimum?: number | null;
  maximum?: number | null;
};

export type Severity = "failed" | "notApplicable" | "ok" | "warning";

export type SingleStepConferenceCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  active: string;
  joining: string;
  /** `silent`: listens, and is not heard. */
  participation?: "active" | "silent";
};

export type SingleStepTransferCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  active: string;
  transferredTo: string;
};

/** To a number, or to the mobile of a contact; with both, the number is the contact's. */
export type SmsBody = {
  /** As people write it. */
  number?: string;
  contact?: string | null;
  /** Of at most 10 parts: 160 characters of the GSM alphabet in one, 153 in each of several; 70 and 67 where there are others. */
  text: string;
  /** Your own id of the message: what comes again with it is sent once. */
  key?: string | null;
};

/** A kind of gateways of text messages. */
export type SmsConnectorValue = {
  name: string;
  title: string;
  fields: SettingValue[];
  /** Why it cannot be used, where it cannot. */
  unavailable?: string | null;
  /** Of the package `tws`: what to install to use it. */
  missingExtra?: string;
};

/** Some text messages of the user who asks. */
export type SmsPageValue = {
  /** Newest first. */
  messages: SmsValue[];
  /** To ask for older ones; null = there are none. */
  before: string | null;
};

/** By whom the text messages of a domain's users are sent. */
export type SmsProviderRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  name: string;
  connector: string;
  /** From whom messages come; empty: the provider's own. */
  sender: string;
  enabled: boolean;
  /** By name, as `describeSmsConnectors` tells them; secret ones are null. */
  settings: Record<string, unknown>;
  /** Secret settings: whether there is a value. */
  isSet: Record<string, boolean>;
};

/** How it went the last time with a provider of text messages. */
export type SmsProviderStateValue = {
  /** Id. */
  provider: string;
  state: "disabled" | "failing" | "waiting" | "working";
  /** Messages of the domain go by it: no other comes before. */
  active: boolean;
  at: string | null;
  problem: "misconfigured" | "refused" | "unreachable" | null;
  /** What the problem is, for administrators; without one, what its gateway said of the last message that it refused. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** What became of a trial: the gateway knows us, and took the message that was sent, if any; or why not. */
export type SmsTrialValue = {
  /** false: without a message it can be asked nothing; only the settings are known to be usable. */
  asked: boolean;
  /** To which a message was sent, in E.164. */
  number: string | null;
  problem: "misconfigured" | "refused" | "unreachable" | null;
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** A text message that a user sent. Its text is plain: never show it as HTML. */
export type SmsValue = {
  /** The order of ids is that of messages. */
  id: string;
  /** E.164, with its `+`. */
  number: string;
  /** The number as people read it. */
  display: string;
  /** Id of the contact, if one was named. */
  contact: string | null;
  /** Of that contact, then; may be empty. */
  name: string;
  text: string;
  /** As how many messages it goes. */
  parts: number;
  /** unknown: the provider may have taken it; it is not sent again. Not every provider tells of deliveries: then `sent` is the last. */
  state: "delivered" | "failed" | "sending" | "sent" | "unknown" | "waiting";
  /** Why it failed, or is not sent yet. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
  created: string;
  changed: string;
  /** The client's own id, as it was sent. */
  key: string | null;
};

/** The calls of the device. */
export type SnapshotResult = {
  result: SnapshotValue[];
};

/** One call of a device as the PBX itself reports it now. */
export type SnapshotValue = {
  callId: string;
  deviceId: string;
  /** Its leg, where known. */
  connection: string | null;
  state: ConnectionState;
  others: OtherValue[];
};

/** A piece of configuration to add to the PBX. */
export type SnippetValue = {
  file: string;
  title: string;
  text: string;
};

/** What the page plays while a call rings; the page itself makes the tones. */
export type Sound = "bell" | "chime" | "off" | "pulse";

/** The built-in directories (specification 8.1). */
export type Source = "private" | "public" | "users";

/** How somebody is, in one word: each has its sign on the pages. */
export type State = "away" | "busy" | "free" | "offline" | "ringing" | "unknown" | "unreachable";

/** What was done to a number; `value` is the number, or the key, after it. */
export type StepKind =
  | "added"
  | "cleaned"
  | "e164"
  | "emergency"
  | "extension"
  | "internal"
  | "lastDigits"
  | "noNumber"
  | "noRule"
  | "prefixAdded"
  | "prefixThere"
  | "removed"
  | "rule"
  | "whole";

/** A call of somebody else's. */
export type SupervisedCallValue = {
  /** The leg. */
  connection: string;
  direction: Direction;
  since: string;
  queue: QueueValue | null;
  parties: PartyValue[];
};

/** A telephone of nobody's: of a door, or a workshop. */
export type SupervisedTelephoneValue = {
  /** Id of the intercom group that supervises it. */
  group: string;
  groupName: string;
  number: string;
  display: string;
  state: TelephoneState;
  /** Since when it rings, or is in use. */
  since: string | null;
  doNotDisturb: boolean;
};

export type SwitchBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  on: boolean;
};

/** On or off. */
export type SwitchResult = {
  result: boolean;
};

/** When a source is read (7.2, 8.2.1). */
export type SyncSchedule = "daily" | "interval" | "manual";

export type SyslogTestValue = {
  /** null = the line went out; UDP tells no more than that. */
  wrong: SaidValue | null;
};

/** Where the log goes, and how far it got. */
export type SyslogValue = {
  /** null = nowhere. */
  collector: CollectorValue | null;
  up: boolean;
  /** Of no connection. */
  why: SaidValue | null;
  sent: number;
  waiting: number;
  /** Left out, as too many waited. */
  dropped: number;
};

export type TakeBackCallBody = {
  /** Id of one of your devices, as `listDevices` gives it. */
  device: string;
  /** The leg that rings: that of a `handedOn/` value of the live stream. */
  connection: string;
};

export type TakeQueuedCallBody = {
  /** Who waits: the `connection` of one in `waiting` of the queue. */
  connection: string;
  /** Id of one of your devices, on the same PBX. */
  device: string;
};

/** A forwarding that was made at the telephone, or by another program: no rule did it. */
export type TelephoneForwardingValue = {
  /** Id. */
  device: string;
  number: string;
  type: ForwardingType;
  origin: CallOrigin;
  destination: string;
  display: string;
  /** Of the colleague it leads to. */
  name: string | null;
  /** Seconds. */
  ringDuration: number | null;
};

/** What somebody's telephones do. */
export type TelephonePresenceValue = {
  state: TelephoneState;
  /** Since when it rings, or is in use. */
  since: string | null;
  doNotDisturb: boolean;
  /** The one that takes most calls away; null = none is active. */
  forwarding: ForwardingValue | null;
  /** What rings and may be taken: the leg that `directedPickupCall` is given. */
  intercept: string | null;
  /** Of its state; null = it is not shown with whom. */
  calls: SupervisedCallValue[] | null;
};

/** The most important of what somebody's telephones do. */
export type TelephoneState = "busy" | "free" | "outOfService" | "ringing" | "unknown";

/** What a telephone can be asked to do. */
export type TelephonyOperation =
  | "alternateCall"
  | "answerCall"
  | "clearConnection"
  | "conferenceCall"
  | "consultationCall"
  | "deflectCall"
  | "directedPickupCall"
  | "generateDigits"
  | "getDoNotDisturb"
  | "getForwarding"
  | "getMessageWaiting"
  | "groupPickupCall"
  | "holdCall"
  | "makeCall"
  | "moveCall"
  | "parkCall"
  | "reconnectCall"
  | "retrieveCall"
  | "setDoNotDisturb"
  | "setForwarding"
  | "setMessageWaiting"
  | "singleStepConferenceCall"
  | "singleStepTransferCall"
  | "snapshotDevice"
  | "takeBackCall"
  | "transferCall";

export type TemplateBody = {
  /** The XML. */
  text: string;
};

/** A template among the files of a company. */
export type TemplateFileValue = {
  name: string;
  /** Bytes. */
  size: number;
  changed: string;
  mistakes: TemplateMistakeValue[];
  /** How many values of `AlerterXml` name it. */
  chosen: number;
};

/** Why a text is no template. */
export type TemplateMistakeValue = {
  /** The first is 1. */
  line: number;
  /** The first is 1. */
  column: number;
  said: SaidValue;
};

/** What is written in a template. */
export type TemplateTextValue = {
  name: string;
  text: string;
};

export type TestMailBody = {
  /** Whose mail server is tried. */
  company: string;
  to: string;
  culture?: "fr" | "en";
};

export type TestNumberBody = {
  direction: NumberDirection;
  number: string;
  /** Changes that are not stored yet. */
  draft?: DialPlanBody;
};

/** What may stand between `[-` and `-]`. */
export type TokenValue = {
  name: string;
  /** `caller`, `field` (a private field of a directory), or `called`. */
  of: string;
  /** What it is in a trial. */
  sample: string;
};

export type TraceBody = {
  link: string;
  /** A number, or `*` for all. */
  device?: string;
  minutes?: number;
  /** Of each file, on disk. */
  megabytes?: number;
  /** The oldest makes room for a new one. */
  files?: number;
  /** Let go of the PBX and begin the link anew, so that the trace can be replayed; calls go on, what happens in that moment is asked for afterwards. */
  beginAgain?: boolean;
};

/** A record of a trace that is written. */
export type TraceLineValue = {
  number: number;
  at: string;
  /** `sent`, `received`; `connected`, `asked`, `call`, and others. */
  what: string;
  devices: string[];
  /** Of the message, without secrets; or JSON. */
  text: string;
};

/** What crossed a link, in files on the server. */
export type TraceValue = {
  id: string;
  /** Id. */
  link: string;
  /** Of the link, as it was. */
  name: string;
  dialect: string;
  company: string;
  /** A number, or `*` for all. */
  device: string;
  began: string;
  /** When it ends by itself, at the latest. */
  until: string;
  /** Who switched it on. */
  by: string;
  running: boolean;
  /** Bytes on disk. */
  size: number;
  files: number;
  /** Written so far; null = it has ended. */
  records: number | null;
  /** Left out because the disk was slower; null = it has ended. */
  dropped: number | null;
  /** Why nothing more is written. */
  failure: SaidValue | null;
};

export type Transport = "udp" | "tcp" | "tls";

export type TrialCallBody = {
  /** The telephone that calls: a device's id. */
  device: string;
  called: string;
};

/** How far a trial call came. */
export type TrialCallValue = {
  /** Its leg, as in the call log. */
  id: string;
  /** The telephone that calls. */
  device: string;
  /** The number as it was sent to the PBX. */
  called: string;
  begun: string;
  /** When the other telephone began to ring. */
  alerted: string | null;
  answered: string | null;
  ended: string | null;
  /** Why nobody was reached, or why it ended (ECMA-269). */
  cause: string | null;
};

export type TrialStep = {
  kind: StepKind;
  /** The number, or the key, after it. */
  value: string;
};

/** What a dial plan makes of a number, every rule tried, and which one won. */
export type TrialValue = {
  direction: NumberDirection;
  number: string;
  result: string;
  steps: TrialStep[];
  tried: TriedRule[];
  remarks: Remark[];
  broken: BrokenExample[];
};

/** One person's calendar, as it was read to try the source. */
export type TriedCalendarValue = {
  /** Id. */
  user: string;
  displayName: string;
  mailbox: string;
  /** Of the next two days. */
  events: number;
  problem: "misconfigured" | "refused" | "unreachable" | null;
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** What one way of signing in says. */
export type TriedMethodValue = {
  /** As in the parameter `AuthMethods`. */
  method: string;
  /** `accepted`, `refused`, `notAsked` (it could not be asked), `notOffered` (this version has none of that name) or `elsewhere` (on a provider's page, or by a ticket). */
  outcome: string;
  /** Why; may be empty. */
  words: string;
  sentence: SentenceValue | null;
};

/** A rule, as it was tried on the number. */
export type TriedRule = {
  rule: DialRuleValue;
  /** With the settings in place of tokens. */
  pattern: string;
  verdict: Verdict;
  result: string | null;
};

/** What comes of a text that is not stored. */
export type TriedTemplateValue = {
  mistakes: TemplateMistakeValue[];
  /** Tokens that nothing is known of: they stay empty. */
  unknown: string[];
  /** Programs that `AlerterPrograms` lets nobody start. */
  unlisted: string[];
  /** Null where there are mistakes. */
  pop: PopValue | null;
};

/** When the card of somebody who calls is shown (9.2). */
export type Trigger = "answered" | "never" | "onClick" | "ringing";

/** A source as a form has it. */
export type TryCollaborationSourceBody = {
  domain: string;
  /** The stored one that is changed. Its secrets stand for those left out, where the address is the stored one. */
  source?: string | null;
  connector: string;
  settings: Record<string, unknown>;
};

/** A directory as a form has it. */
export type TryDirectoryBody = {
  domain: string;
  /** The stored one that is changed. Its secrets stand for those left out, where the address is the stored one. */
  directory?: string | null;
  connector: string;
  settings: Record<string, unknown>;
  kind?: "public" | "private" | "disabled";
  mapping?: Record<string, string>;
};

/** A link as a form has it. */
export type TryLinkBody = {
  domain: string;
  /** The stored one that is changed. Its secrets stand for those left out, where the address is the stored one. */
  link?: string | null;
  dialect: string;
  settings: Record<string, unknown>;
};

export type TrySignInBody = {
  /** Empty as for a user who signs in by name alone. */
  password?: string;
  /** Of the computer; empty: of nobody's. */
  address?: string;
};

/** A provider as a form has it. */
export type TrySmsProviderBody = {
  domain: string;
  /** The stored one that is changed. Its secrets stand for those left out, where the address is the stored one. */
  provider?: string | null;
  connector: string;
  /** From whom messages come: a number, or a name of 11 characters. Empty: the provider's own. */
  sender?: string;
  /** By name, as `describeSmsConnectors` tells them. */
  settings: Record<string, unknown>;
  /** To which a message is sent; empty: none is. */
  number?: string;
  text?: string;
};

export type TryTemplateBody = {
  /** Whose directories name private fields. */
  company: string;
  mode?: AlerterMode;
  /** The XML; in mode URL the address. */
  text: string;
  /** By token, in the place of those of the sample. */
  values?: Record<string, string>;
  /** Names of those that the caller is in. */
  directories?: string[];
  width?: number;
  height?: number;
};

/** Of a number. */
export type Unit = "calls" | "days" | "minutes" | "pixels" | "seconds";

/** A person whose calendar could not be read. */
export type UnreadCalendarValue = {
  /** Id. */
  user: string;
  displayName: string;
  mailbox: string;
  problem: "misconfigured" | "refused" | "unreachable";
  /** What the problem is, for administrators. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
  /** When it was read last; null = never. */
  read: string | null;
};

/** A mailbox that could not be read. */
export type UnreadValue = {
  mailbox: string;
  /** In English. */
  why: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** What is left out stays. */
export type UpdateAdministratorBody = {
  /** The version that you changed. */
  version: number;
  username?: string;
  superUser?: boolean;
  companies?: string[];
  email?: string;
  culture?: "fr" | "en";
  muted?: IncidentKind[];
};

/** What is left out stays; `settings` replaces all of them but the secrets it leaves out. */
export type UpdateCollaborationSourceBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  connector?: string;
  settings?: Record<string, unknown>;
  enabled?: boolean;
};

export type UpdateCompanyBody = {
  name: string;
  /** The version that you changed. */
  version: number;
};

export type UpdateContactBody = {
  firstName?: string;
  lastName?: string;
  /** Where the person works. */
  company?: string;
  /** The first one. Where `emails` is sent that counts. */
  email?: string;
  /** At most 10. */
  emails?: string[];
  /** Of http or https; https where nothing is said. */
  website?: string;
  /** Private fields of the directory by their labels, or by `private0` to `private9`; those left out stay as they are. */
  fields?: Record<string, string>;
  numbers?: NumberBody[];
  /** The version that you changed. */
  version: number;
};

/** What is left out stays. */
export type UpdateDeviceBody = {
  /** The version that you changed. */
  version: number;
  user?: string;
  link?: string;
  number?: string;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  /** Empty takes it away. */
  password?: string;
  ip?: string;
  video?: boolean;
  clientPort?: number;
  sipProxy?: string;
  oneNumber?: boolean;
  softphone?: boolean;
  mediaProtocol?: "None" | "TWS";
};

export type UpdateDialPlanBody = {
  internalLength?: number;
  countryPrefix?: string;
  externalPrefix?: string;
  internationalPrefix?: string;
  nationalPrefix?: string;
  inverseLength?: number;
  incomingRemove?: string;
  incomingAdd?: string;
  applyToCaller?: boolean;
  outgoingRules?: DialRuleBody[] | null;
  incomingRules?: DialRuleBody[];
  emergencyNumbers?: string[];
  numberExamples?: NumberExampleBody[];
  /** The version that you changed. */
  version: number;
};

/** What is left out stays; `mapping` and `labels` replace all of theirs, `settings` all but the secrets it leaves out. */
export type UpdateDirectoryBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  connector?: string;
  settings?: Record<string, unknown>;
  kind?: "public" | "private" | "disabled";
  priority?: number;
  mapping?: Record<string, string>;
  labels?: Record<string, string>;
  merge?: boolean;
  schedule?: "manual" | "daily" | "interval";
  minutes?: number;
};

/** What is left out stays. */
export type UpdateDomainBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  timeZone?: string;
  internalLength?: number;
  countryPrefix?: string;
  externalPrefix?: string;
  internationalPrefix?: string;
  nationalPrefix?: string;
  inverseLength?: number;
  incomingRemove?: string;
  incomingAdd?: string;
};

/** What is left out stays. */
export type UpdateGroupBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  rank?: number;
};

/** What is left out stays. */
export type UpdateIntercomGroupBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  /** Empty takes it off its link. */
  link?: string;
  number?: string;
  count?: number;
  protocol?: "CSTA" | "Vti-XML" | "Asterisk";
  mediaProtocol?: "None" | "TWP/TWS";
  lines?: number;
  /** Empty takes it away. */
  password?: string;
  supervised?: string[];
};

/** What is left out stays; `settings` replaces all of them but the secrets it leaves out. */
export type UpdateLinkBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  dialect?: string;
  settings?: Record<string, unknown>;
  capacity?: number;
  enabled?: boolean;
};

export type UpdateListBody = {
  /** Among your lists; those with the same, by name. */
  position?: number;
  /** Everybody of your domain sees it. */
  public?: boolean;
  /** The version that you changed. */
  version: number;
  name?: string;
};

export type UpdateMyPreferencesBody = {
  /** The version that you changed. */
  version: number;
  /** Null = the page's own. */
  vipColour?: string | null;
  hotKeys?: HotKeyBody[];
  selectedByKey?: boolean;
  selectedKeys?: string;
  spaceAnswers?: boolean;
  hideNumber?: boolean;
  screenPop?: Trigger;
  sound?: Sound;
  quiet?: boolean;
  quietHours?: QuietHoursBody | null;
  alerterFields?: string[];
  queueFields?: string[];
  emails?: EmailNotificationBody;
  notifiedByHelper?: boolean;
};

export type UpdateNoteBody = {
  /** The version that you changed. */
  version: number;
  text?: string | null;
  public?: boolean | null;
};

export type UpdateProfileBody = {
  name?: string;
  /** Id of one of your devices; null = `number`. */
  device?: string | null;
  /** Of a telephone elsewhere. */
  number?: string;
  /** Ids of your forwarding rules. */
  rules?: string[];
  /** The version that you changed. */
  version: number;
};

/** What is left out stays. */
export type UpdateQueueBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  /** Empty takes it off its link. */
  link?: string;
  number?: string;
  protocol?: "CSTA" | "Vti-XML" | "Asterisk";
  mediaProtocol?: "None" | "TWS";
  lines?: number;
  /** Empty takes it away. */
  password?: string;
};

export type UpdateRuleBody = {
  active?: boolean;
  /** To which calls it applies. */
  origin?: "all" | "internal" | "external";
  /** When it applies; these four are always. `calendar`: while the calendar says busy. */
  presences?: ("online" | "busy" | "absent" | "offline" | "calendar")[];
  type?: "immediate" | "busy" | "noAnswer";
  destination?: string;
  /** The version that you changed. */
  version: number;
};

/** What is left out stays. */
export type UpdateScimConnectionBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  link?: string | null;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  culture?: "Auto" | "fr" | "en";
  adapt?: boolean;
  takeOver?: boolean;
};

/** What is left out stays; `settings` replaces all of them but the secrets it leaves out. */
export type UpdateSmsProviderBody = {
  /** The version that you changed. */
  version: number;
  name?: string;
  connector?: string;
  /** From whom messages come: a number, or a name of 11 characters. Empty: the provider's own. */
  sender?: string;
  settings?: Record<string, unknown>;
  enabled?: boolean;
};

/** What is left out stays. */
export type UpdateUserBody = {
  /** The version that you changed. */
  version: number;
  /** Another domain of the same company. */
  domain?: string;
  username?: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  culture?: "Auto" | "fr" | "en";
  enabled?: boolean;
  ip?: string;
  externalKey?: string;
  custom0?: string;
  custom1?: string;
  /** Empty takes it away. */
  voicemailPassword?: string;
};

/** What is left out stays, of `mapping` too; `fields` replaces all of them, `settings` all but the secrets it leaves out. */
export type UpdateUserImportBody = {
  /** The version that you changed. */
  version: number;
  /** The version of its directory that you changed. */
  directoryVersion?: number;
  name?: string;
  connector?: string;
  settings?: Record<string, unknown>;
  mapping?: Record<string, string>;
  mode?: "insertUpdateDelete" | "insertUpdateDisable" | "insertUpdate" | "update";
  fields?: Record<string, string>;
  group?: string | null;
  link?: string | null;
  protocol?: "CSTA" | "Vti-XML" | "SIP" | "Asterisk";
  label?: string;
  video?: boolean;
  sipProxy?: string;
  oneNumber?: boolean;
  mediaProtocol?: "None" | "TWS";
  culture?: "Auto" | "fr" | "en";
  adapt?: boolean;
  schedule?: "manual" | "daily" | "interval";
  minutes?: number;
  hour?: string;
};

/** How users of a domain are read from elsewhere; with what its directory says. */
export type UserImportRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  /** Its own: id. */
  directory: string;
  directoryVersion: number;
  name: string;
  connector: string;
  /** By name, as `describeConnectors` tells them; secret ones are null. */
  settings: Record<string, unknown>;
  /** Secret settings: whether there is a value. */
  isSet: Record<string, boolean>;
  /** Of its directory; `last_name`, `first_name`, `email1` and `mobile` are those of users too. */
  mapping: Record<string, string>;
  mode: ImportMode;
  /** username, identifier, number, custom0, custom1: the source's field, with its options. */
  fields: Record<string, string>;
  /** Into which they are put: id. */
  group: string | null;
  /** On which each is given an extension: id; null = nobody is. */
  link: string | null;
  protocol: string;
  label: string;
  video: boolean;
  /** This one and those after it: of the protocol SIP only. */
  sipProxy: string;
  oneNumber: boolean;
  mediaProtocol: string;
  culture: string;
  /** Numbers go through the dial plan. */
  adapt: boolean;
  schedule: SyncSchedule;
  /** Of the schedule `interval`. */
  minutes: number;
  /** Of the schedule `daily`: HH:MM. */
  hour: string;
};

/** One run of an import of users. */
export type UserImportRunValue = {
  id: string;
  /** Id. */
  userImport: string;
  state: RunState;
  /** Who asked for it; null = the timetable. */
  by: string | null;
  started: string;
  ended: string | null;
  report: ImportReportValue;
  /** Of those created, updated, deleted and disabled: so far. */
  done: number;
  problem: RunProblem | null;
  /** What the problem is, for administrators. */
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** What a run would do, or why the source cannot be read. */
export type UserImportTrialValue = {
  report: ImportReportValue | null;
  /** More than a quarter would go: somebody would have to say yes. */
  asks: boolean;
  problem: RunProblem | null;
  words: string;
  /** The English with `{name}` for each parameter; may be empty. */
  template: string;
  /** By name: a text, a number, or a `template` with its `parameters`. */
  parameters: Record<string, unknown>;
};

/** A user's photo. */
export type UserPhotoValue = {
  /** Id. */
  user: string;
  /** Where it is served; null = none. */
  photo: string | null;
};

/** A user of a domain. */
export type UserRow = {
  id: string;
  version: number;
  company: string;
  domain: string;
  username: string;
  displayName: string;
  firstName: string;
  lastName: string;
  email: string;
  mobile: string;
  culture: string;
  enabled: boolean;
  ip: string;
  externalKey: string;
  custom0: string;
  custom1: string;
  /** Whether there is one; it is never told. */
  voicemailPasswordSet: boolean;
  /** The import that he came from: id; it may be gone. */
  userImport: string | null;
  /** Its hash; empty = none. It is served by `getContactPhoto`, with the id of the user. */
  photo: string;
};

export type ValueKind =
  | "choice"
  | "file"
  | "group"
  | "intercomGroup"
  | "number"
  | "secret"
  | "several"
  | "text"
  | "time"
  | "yesNo";

/** What became of a rule for one number. */
export type Verdict = "applied" | "noMatch" | "overruled" | "tooShort";

/** How a call came here other than by being dialled straight to it. */
export type ViaValue = {
  /** An ECMA-269 cause. */
  cause: string;
  by: ByValue | null;
};

/** Voice messages came for one of the user's telephones. */
export type VoiceNoticeValue = {
  id: string;
  /** Id. */
  device: string;
  at: string;
  /** Since when none waits any more. */
  heard: string | null;
};

/** Somebody who waits in a queue. */
export type WaitingValue = {
  /** The leg: what `takeQueuedCall` and others are given. */
  connection: string;
  /** 1 = next. */
  position: number;
  since: string;
  party: PartyValue;
  fields: CallerFieldValue[];
  /** Whose telephone rings for the caller just now. */
  ringsAt: string | null;
};

/** Whether a page should try `loginWithWindows` before it asks for a name. */
export type WindowsSignInValue = {
  /** To some of the users. */
  offered: boolean;
  /** To administrators: `loginAdministratorWithWindows`. */
  administrators: boolean;
};

/** That a ticket was shown, which is good. */
export type WindowsTicketValue = {
  shown: boolean;
};
