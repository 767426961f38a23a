"""The eight kinds of rows of the organisation: where each is stored, and how its changes are
told."""

from dataclasses import dataclass, replace
from typing import Generic

from tws.organisation import store
from tws.organisation.events import (
    AdministratorChanged,
    AuthorisationChanged,
    Changed,
    CompanyChanged,
    DomainChanged,
    GroupChanged,
    LinkChanged,
    UserChanged,
    UserDeviceChanged,
)
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
from tws.storage.rows import Row, Rows


@dataclass(frozen=True)
class Kind(Generic[Row]):
    name: str
    "For people, and in the audit log's actions: `company created`."
    rows: Rows[Row]
    changed: type[Changed[Row]]

    def next_version(self, row: Row) -> Row:
        return replace(row, version=row.version + 1)  # type: ignore[type-var]


COMPANY = Kind[Company]("company", store.companies, CompanyChanged)
DOMAIN = Kind[Domain]("domain", store.domains, DomainChanged)
LINK = Kind[Link]("link", store.links, LinkChanged)
USER = Kind[User]("user", store.users, UserChanged)
DEVICE = Kind[UserDevice]("device", store.devices, UserDeviceChanged)
GROUP = Kind[Group]("group", store.groups, GroupChanged)
AUTHORISATION = Kind[Authorisation]("authorisation", store.authorisations, AuthorisationChanged)
ADMINISTRATOR = Kind[Administrator]("administrator", store.administrators, AdministratorChanged)
