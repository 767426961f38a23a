"""Rows of the organisation, as immutable values. `version` counts a row's changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tws.organisation.actor import (
    AdministratorId,
    CollaborationId,
    CompanyId,
    DeviceRowId,
    DirectoryId,
    DomainId,
    GroupId,
    ScimConnectionId,
    SmsProviderId,
    UserId,
    UserImportId,
)
from tws.organisation.preferences.choices import Choices

LAST_RANK = 10_000
"Of groups that nobody has put in order."


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    id: CompanyId
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class DialRule:
    """A rule of a dial plan (specification 5). What it does is said in `tws.numbering`."""

    priority: int
    name: str
    pattern: str
    "Looked for at the beginning of a number; in `[`...`]` it is a regular expression."
    value: str
    "What replaces it; `$1`, `$2`: the groups of a regular expression."
    longer_only: bool = False
    "Applied only to numbers longer than an internal one."


class NumberDirection(StrEnum):
    """Which way a number goes through a dial plan."""

    DIALLED = "dialled"
    "What people type -> what the PBX is sent."
    LOOKED_UP = "lookedUp"
    "What the PBX reports -> what is looked for in the directories."
    DISPLAYED = "displayed"
    "What the PBX reports -> what people read."


@dataclass(frozen=True, slots=True)
class NumberExample:
    """What a dial plan must go on doing: tried again before any change of it is stored."""

    direction: NumberDirection
    number: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Users of one company with the same technical environment (3.1), with the numbers of 3.2 and
    the dial plan of 5."""

    id: DomainId
    version: int
    company: CompanyId
    name: str
    time_zone: str
    "IANA name."
    internal_length: int = 4
    country_prefix: str = "33"
    external_prefix: str = "0"
    international_prefix: str = "00"
    national_prefix: str = "0"
    "May be empty (Spain, Italy)."
    inverse_length: int = 9
    incoming_remove: str = "0"
    "Taken off the front of an outside caller's number (Supprimer)."
    incoming_add: str = ""
    "Put in front of it afterwards (Ajouter)."
    apply_to_caller: bool = True
    "Appliquer au Caller: otherwise the pages send what was typed, less blanks and signs."
    outgoing_rules: tuple[DialRule, ...] | None = None
    "None: the default set, which follows the settings."
    incoming_rules: tuple[DialRule, ...] = ()
    emergency_numbers: tuple[str, ...] = ("112",)
    "Which no rule rewrites, and which get no prefix."
    number_examples: tuple[NumberExample, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.version))  # asked for with each number of each call


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A PBX link of a domain; `settings` are those of its dialect."""

    id: str
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    dialect: str
    capacity: int
    "How many devices may be monitored at once."
    enabled: bool
    settings: Mapping[str, object]
    "Secret ones are sealed (`tws.storage.secrets`)."
    epoch: int = 0
    "Counts its owners: a journal write of an older owner is refused."


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: UserId
    version: int
    company: CompanyId
    domain: DomainId
    username: str
    "Unique in its company, compared case-blind."
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    mobile: str = ""
    culture: str = "Auto"
    "Language of the pages: fr, en, or Auto for the browser's."
    enabled: bool = True
    ip: str = ""
    "The computer's address, by which some may sign in (3.3.4)."
    external_key: str = ""
    "What the source calls the user that it was imported from (7.2, *Identifiant*)."
    custom0: str = ""
    custom1: str = ""
    "*Réservé 0* and *1*: whatever the company keeps there."
    voicemail_password: str = field(default="", repr=False)
    "Of the box in the PBX (*Mot de passe mess.*): sealed; empty = there is none."
    photo: str = ""
    "Its hash; empty = there is none."
    user_import: UserImportId | ScimConnectionId | None = None
    "The import, or SCIM connection, that he came from, or was taken over by. It may be gone."
    missing: bool = False
    "It disabled him because its source had him no more; back there, he is enabled again."

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def voicemail_password_set(self) -> bool:
        return bool(self.voicemail_password)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDevice:
    """An extension of a user on a link. (link, number) is unique."""

    id: DeviceRowId
    version: int
    company: CompanyId
    domain: DomainId
    user: UserId
    link: str
    number: str
    protocol: str
    "As the guide lists them: CSTA, Vti-XML, SIP; Asterisk besides."
    label: str = ""
    password: str = field(default="", repr=False)
    "Of the extension in the PBX: sealed; empty = there is none."
    ip: str = ""
    "The telephone's own address."
    video: bool = False
    "Calls from point to point may have a picture."
    client_port: int = 0
    sip_proxy: str = ""
    "This one and those after it are of devices with the protocol SIP (9.3)."
    one_number: bool = False
    "Associated with another device: one number for both."
    softphone: bool = False
    media_protocol: str = "None"
    user_import: UserImportId | ScimConnectionId | None = None
    "The import, or SCIM connection, that gave it to the user, and may take it away again."

    @property
    def password_set(self) -> bool:
        return bool(self.password)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    id: GroupId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    rank: int = LAST_RANK
    """Of several groups of a user the lowest one decides what parameters say; of equals
    the first by name."""
    members: frozenset[UserId] = frozenset()
    external_key: str = ""
    "What whoever brought it calls it."
    brought_by: ScimConnectionId | None = None
    "The SCIM connection that made it, or took it over. It may be gone."


class DirectoryKind(StrEnum):
    """Whose the contacts of a directory are (8.1, "Type d'annuaire")."""

    PUBLIC = "public"
    PRIVATE = "private"
    "Each user has contacts of his own in it."
    DISABLED = "disabled"
    "The guide's *Exemple*: neither synchronised nor looked into."


class SyncSchedule(StrEnum):
    """When a source is read (7.2, 8.2.1)."""

    MANUAL = "manual"
    DAILY = "daily"
    INTERVAL = "interval"


class BuiltIn(StrEnum):
    """The directories that every domain has: TWS's own contacts and users (8.1)."""

    PRIVATE = "tws_private"
    PUBLIC = "tws_public"
    USERS = "tws_users"


CONTACTS, USERS = "tws_contacts", "tws_users"
"What stands for a connector in the built-in directories."


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A directory of a domain (8.1); `settings` are those of its connector."""

    id: DirectoryId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    kind: DirectoryKind
    connector: str
    "By its name in the register; of the built-in ones `CONTACTS` or `USERS`."
    priority: int
    "Of several directories that know a caller the lowest one is shown."
    settings: Mapping[str, object] = field(default_factory=dict)
    "Secret ones are sealed (`tws.storage.secrets`)."
    mapping: Mapping[str, str] = field(default_factory=dict)
    "Internal field -> the source's field, with options: `Surname|u`."
    labels: Mapping[str, str] = field(default_factory=dict)
    "private0 to private9 -> what it is called; `[VIP]` marks important people (8.2.3)."
    merge: bool = False
    "Contacts of directories that have this are merged by e-mail address (8.2.2)."
    schedule: SyncSchedule = SyncSchedule.MANUAL
    "The daily ones at the hour of the parameter `timeSynchronizationDirectories`."
    minutes: int = 10
    "Between two synchronisations, where the schedule is an interval."
    synchronised: datetime | None = None
    "When the last synchronisation ended. Not counted in `version`."

    @property
    def built_in(self) -> BuiltIn | None:
        if self.connector == USERS:
            return BuiltIn.USERS
        if self.connector != CONTACTS:
            return None
        return BuiltIn.PRIVATE if self.kind is DirectoryKind.PRIVATE else BuiltIn.PUBLIC


class ImportMode(StrEnum):
    """What an import of users does (7.2)."""

    DELETE = "insertUpdateDelete"
    "New ones are created, known ones updated, those that the source has no more deleted."
    DISABLE = "insertUpdateDisable"
    "... those disabled."
    INSERT = "insertUpdate"
    "... those left alone."
    UPDATE = "update"
    "Known ones are updated, nothing else."


@dataclass(frozen=True, slots=True, kw_only=True)
class UserImport:
    """How users of a domain are read from elsewhere (7.2). Its directory says from where, and
    which of the source's fields their names, e-mail address and mobile number are."""

    id: UserImportId
    version: int
    company: CompanyId
    domain: DomainId
    directory: DirectoryId
    "Its own, which shows the cards of the same people."
    mode: ImportMode = ImportMode.INSERT
    fields: Mapping[str, str] = field(default_factory=dict)
    "username, identifier, number, custom0, custom1 -> the source's field, with options."
    group: GroupId | None = None
    "Into which they are put."
    link: str | None = None
    "On which each is given an extension of his number; None: nobody is."
    protocol: str = "CSTA"
    label: str = ""
    video: bool = False
    sip_proxy: str = ""
    one_number: bool = False
    media_protocol: str = "None"
    culture: str = "Auto"
    adapt: bool = False
    "Numbers go through the dial plan: what it would send to the PBX is the extension."
    schedule: SyncSchedule = SyncSchedule.MANUAL
    minutes: int = 60
    hour: str = "03:00"
    "Of the daily ones, HH:MM in the domain's time zone."


@dataclass(frozen=True, slots=True, kw_only=True)
class ScimConnection:
    """How an identity provider makes and changes users and groups of a domain by SCIM."""

    id: ScimConnectionId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    link: str | None = None
    "On which each is given an extension of his number of work; None: nobody is."
    protocol: str = "CSTA"
    label: str = ""
    culture: str = "Auto"
    "Of those who are created and of whom the provider says none."
    adapt: bool = False
    "Numbers go through the dial plan: what it would send to the PBX is the extension."
    take_over: bool = False
    "It may look at, and take over, users and groups of its domain whom nobody else brought."
    secret: str = field(default="", repr=False)
    "SHA-256 of its token's secret, in hexadecimal; empty = it has no token."
    made: datetime | None = None
    "When the token was."
    seen: datetime | None = None
    "When it was last used, to the nearest few minutes. Not counted in `version`."


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationSource:
    """Where the calendars of a domain's users are read (Informatique / Collaboration, 8.6.2);
    `settings` are those of its connector."""

    id: CollaborationId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    connector: str
    "By its name in the register of calendars."
    enabled: bool = True
    settings: Mapping[str, object] = field(default_factory=dict)
    "Secret ones are sealed (`tws.storage.secrets`)."


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsProvider:
    """By whom a domain's text messages are sent (Téléphonie / Fournisseur SMS, 9.1.9); `settings`
    are those of its connector."""

    id: SmsProviderId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    connector: str
    "By its name in the register of providers."
    sender: str = ""
    "From whom messages come, as telephones show it: a number, or a short name."
    enabled: bool = True
    settings: Mapping[str, object] = field(default_factory=dict)
    "Secret ones are sealed (`tws.storage.secrets`)."


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationAccount:
    """A user's own account with a source (8.7.5 c), by which his calendar is read instead of by
    the one for all."""

    id: str
    version: int
    company: CompanyId
    user: UserId
    source: CollaborationId
    email: str = ""
    "Of the mailbox; empty: that of the user."
    settings: Mapping[str, object] = field(default_factory=dict)
    "What stands instead of the source's own: `user`, and `password`, which is sealed."


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue:
    """What a parameter of an application is for a user, a group or a domain; for the company as a
    whole where none of them is set (9). What parameters there are says
    `tws.organisation.parameters`."""

    id: str
    version: int
    company: CompanyId
    parameter: str
    value: str | int | bool
    domain: DomainId | None = None
    group: GroupId | None = None
    user: UserId | None = None

    @property
    def holder(self) -> str:
        """Id of whom it is for."""
        return self.user or self.group or self.domain or self.company


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a user chose for himself in the Caller."""

    id: str
    version: int
    company: CompanyId
    user: UserId
    chosen: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    id: AdministratorId
    version: int
    username: str
    super_user: bool
    companies: frozenset[CompanyId] = frozenset()
    email: str = ""
    "Where incidents are told; empty = nowhere."
    culture: str = "fr"
    "In which language: `fr` or `en`."
    muted: tuple[str, ...] = ()
    "Kinds of incidents that are not told."
