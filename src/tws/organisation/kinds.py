"""The kinds of rows of the organisation: where each is stored, and how its changes are
told."""

from dataclasses import dataclass, replace
from typing import Generic

from tws.organisation import store
from tws.organisation.events import (
    AdministratorChanged,
    AuthorisationChanged,
    CalendarGrantChanged,
    Changed,
    CollaborationAccountChanged,
    CollaborationSourceChanged,
    CompanyChanged,
    DirectoryChanged,
    DirectoryGrantChanged,
    DomainChanged,
    GroupChanged,
    IntercomGroupChanged,
    LinkChanged,
    ParameterValueChanged,
    QueueChanged,
    UserChanged,
    UserDeviceChanged,
)
from tws.organisation.model import (
    Administrator,
    Authorisation,
    CalendarGrant,
    CollaborationAccount,
    CollaborationSource,
    Company,
    Directory,
    DirectoryGrant,
    Domain,
    Group,
    IntercomGroup,
    Link,
    ParameterValue,
    Queue,
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
QUEUE = Kind[Queue]("queue", store.queues, QueueChanged)
INTERCOM_GROUP = Kind[IntercomGroup]("intercom group", store.intercom_groups, IntercomGroupChanged)
DIRECTORY = Kind[Directory]("directory", store.directories, DirectoryChanged)
DIRECTORY_GRANT = Kind[DirectoryGrant](
    "directory grant", store.directory_grants, DirectoryGrantChanged
)
CALENDAR_GRANT = Kind[CalendarGrant]("calendar grant", store.calendar_grants, CalendarGrantChanged)
COLLABORATION_SOURCE = Kind[CollaborationSource](
    "collaboration source", store.collaboration_sources, CollaborationSourceChanged
)
COLLABORATION_ACCOUNT = Kind[CollaborationAccount](
    "collaboration account", store.collaboration_accounts, CollaborationAccountChanged
)
PARAMETER_VALUE = Kind[ParameterValue](
    "parameter value", store.parameter_values, ParameterValueChanged
)
AUTHORISATION = Kind[Authorisation]("authorisation", store.authorisations, AuthorisationChanged)
ADMINISTRATOR = Kind[Administrator]("administrator", store.administrators, AdministratorChanged)
