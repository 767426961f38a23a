"""Rows of the organisation, as immutable values. `version` counts a row's changes."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Users of one company with the same technical environment (3.1), with the numbers of 3.2."""

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
