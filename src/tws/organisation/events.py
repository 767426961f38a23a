"""What changed in the organisation, published after the commit. `before` None = created, `after`
None = deleted.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class CompanyChanged:
    before: Company | None
    after: Company | None


@dataclass(frozen=True, slots=True)
class DomainChanged:
    before: Domain | None
    after: Domain | None


@dataclass(frozen=True, slots=True)
class LinkChanged:
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class UserChanged:
    before: User | None
    after: User | None


@dataclass(frozen=True, slots=True)
class UserDeviceChanged:
    before: UserDevice | None
    after: UserDevice | None


@dataclass(frozen=True, slots=True)
class GroupChanged:
    before: Group | None
    after: Group | None


@dataclass(frozen=True, slots=True)
class AuthorisationChanged:
    before: Authorisation | None
    after: Authorisation | None


@dataclass(frozen=True, slots=True)
class AdministratorChanged:
    before: Administrator | None
    after: Administrator | None
