"""What changed in the organisation, published after the commit."""

from dataclasses import dataclass
from datetime import datetime

from tws.organisation.actor import UserId
from tws.organisation.grant import Grant
from tws.organisation.model import (
    Administrator,
    CollaborationAccount,
    CollaborationSource,
    Company,
    Directory,
    Domain,
    Group,
    Link,
    ParameterValue,
    Preferences,
    ScimConnection,
    SmsProvider,
    User,
    UserDevice,
    UserImport,
)
from tws.organisation.shared_device import IntercomGroup, Queue
from tws.records.kind import Changed


class CompanyChanged(Changed[Company]):
    __slots__ = ()


class DomainChanged(Changed[Domain]):
    __slots__ = ()


class LinkChanged(Changed[Link]):
    __slots__ = ()


class UserChanged(Changed[User]):
    __slots__ = ()


class UserDeviceChanged(Changed[UserDevice]):
    __slots__ = ()


class GroupChanged(Changed[Group]):
    __slots__ = ()

    @property
    def concerned(self) -> frozenset[UserId]:
        """For whom something is other: those who came or went, and everybody in it where it is
        another group than before, by its name or its rank."""
        before, after = self.before, self.after
        was = frozenset[UserId]() if before is None else before.members
        now = frozenset[UserId]() if after is None else after.members
        if before is not None and after is not None:
            if (before.name, before.rank) == (after.name, after.rank):
                return was ^ now
        return was | now


class QueueChanged(Changed[Queue]):
    __slots__ = ()


class IntercomGroupChanged(Changed[IntercomGroup]):
    __slots__ = ()


class DirectoryChanged(Changed[Directory]):
    """Settings may say where other people's servers are: never to be sent to users."""

    __slots__ = ()


class UserImportChanged(Changed[UserImport]):
    __slots__ = ()


class ScimConnectionChanged(Changed[ScimConnection]):
    """It has the hash of a secret: never to be sent to anybody."""

    __slots__ = ()


class GrantChanged(Changed[Grant]):
    __slots__ = ()


class CollaborationSourceChanged(Changed[CollaborationSource]):
    """Settings say where other people's servers are: never to be sent to users."""

    __slots__ = ()


class CollaborationAccountChanged(Changed[CollaborationAccount]):
    """Settings hold a sealed secret: never to be sent to anybody."""

    __slots__ = ()


class SmsProviderChanged(Changed[SmsProvider]):
    """Settings say where other people's servers are: never to be sent to users."""

    __slots__ = ()


class ParameterValueChanged(Changed[ParameterValue]):
    __slots__ = ()


class PreferencesChanged(Changed[Preferences]):
    __slots__ = ()


class AdministratorChanged(Changed[Administrator]):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LinkOwned:
    """A link has a new owner. Not a change of its settings: its version stays."""

    link: str
    epoch: int


@dataclass(frozen=True, slots=True)
class DirectorySynchronised:
    """A synchronisation of a directory ended. Not a change of its settings: its version stays."""

    directory: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScimConnectionUsed:
    """Not a change of its settings: its version stays."""

    connection: str
    at: datetime
