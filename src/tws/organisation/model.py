"""Rows of the organisation, as immutable values. `version` counts a row's changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tws.organisation.actor import (
    AdministratorId,
    Application,
    CompanyId,
    DeviceRowId,
    DomainId,
    GroupId,
    UserId,
)


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
    "Applied only to numbers longer than an internal one (AMB-8)."


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
    "Which no rule rewrites, and which get no prefix (AMB-8f)."
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

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    id: GroupId
    version: int
    company: CompanyId
    domain: DomainId
    name: str
    members: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """An application granted to one user or one group (7.4.1). It is there or not: nothing to
    change."""

    id: str
    version: int = 1
    company: CompanyId
    application: Application
    user: UserId | None = None
    group: GroupId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    id: AdministratorId
    version: int
    username: str
    super_user: bool
    companies: frozenset[CompanyId] = frozenset()
