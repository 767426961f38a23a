"""What is granted to whom (7.4), as immutable values."""

from dataclasses import dataclass
from enum import StrEnum

from tws.organisation.actor import CompanyId


class GrantKind(StrEnum):
    """What is granted: the types of objects of 7.4."""

    APPLICATION = "application"
    DIRECTORY = "directory"
    CALENDAR = "calendar"
    INTERCOM_GROUP = "intercomGroup"
    QUEUE = "queue"
    CALL_LOG = "callLog"
    STATISTICS = "statistics"
    RECORDINGS = "recordings"


class ObjectKind(StrEnum):
    """Which row the object of a grant is; an application is none, but a name."""

    APPLICATION = "application"
    DIRECTORY = "directory"
    USER = "user"
    GROUP = "group"
    "Everybody in it: their calendars, call logs, statistics or recordings."
    QUEUE = "queue"
    INTERCOM_GROUP = "intercomGroup"

    @property
    def words(self) -> str:
        """For people."""
        return self.name.lower().replace("_", " ")


class GranteeKind(StrEnum):
    """To whom it is granted; to a group or a domain: to everybody in it."""

    USER = "user"
    GROUP = "group"
    QUEUE = "queue"
    INTERCOM_GROUP = "intercomGroup"
    DOMAIN = "domain"

    @property
    def words(self) -> str:
        """For people."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Something granted to somebody (7.4), both of one company. It is there or not: nothing to
    change."""

    id: str
    version: int = 1
    company: CompanyId
    kind: GrantKind
    object_kind: ObjectKind
    object: str
    "Id of a row, or the name of an application."
    grantee_kind: GranteeKind
    grantee: str
    "Id of a row."

    def object_of(self, kind: ObjectKind) -> str | None:
        """The object, where it is of that kind."""
        return self.object if self.object_kind is kind else None

    def grantee_of(self, kind: GranteeKind) -> str | None:
        """The grantee, where it is of that kind."""
        return self.grantee if self.grantee_kind is kind else None
