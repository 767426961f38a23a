"""What changed in the organisation, published after the commit.

`before` None = created, `after` None = deleted. Each kind is a class of its own, for those who
follow it.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from tws.organisation.model import (
    Administrator,
    Authorisation,
    Company,
    Domain,
    Group,
    Link,
    User,
    UserDevice,
)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Changed(Generic[Row]):
    before: Row | None
    after: Row | None


class CompanyChanged(Changed[Company]):
    __slots__ = ()


class DomainChanged(Changed[Domain]):
    __slots__ = ()


class LinkChanged(Changed[Link]):
    """Settings hold secrets: never to be sent to anybody."""

    __slots__ = ()


class UserChanged(Changed[User]):
    __slots__ = ()


class UserDeviceChanged(Changed[UserDevice]):
    __slots__ = ()


class GroupChanged(Changed[Group]):
    __slots__ = ()


class AuthorisationChanged(Changed[Authorisation]):
    __slots__ = ()


class AdministratorChanged(Changed[Administrator]):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LinkOwned:
    """A link has a new owner. Not a change of its settings: its version stays."""

    link: str
    epoch: int
