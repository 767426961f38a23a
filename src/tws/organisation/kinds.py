"""The kinds of rows of the organisation: where each is stored, and how its changes are
told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from tws.organisation import store
from tws.organisation.events import (
    AdministratorChanged,
    AuthorisationChanged,
    CalendarGrantChanged,
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
from tws.records.kind import Kind
from tws.records.sealing import told
from tws.storage.rows import Entity


class WithSettings(Entity, Protocol):
    @property
    def settings(self) -> Mapping[str, object]: ...


Settled = TypeVar("Settled", bound=WithSettings)


def without_secrets(row: Settled) -> Settled:
    """What the audit log may say of a row with settings."""
    return replace(row, settings=told(row.settings))  # type: ignore[type-var]


COMPANY = Kind[Company](
    "company", store.companies, CompanyChanged, company=lambda company: company.id
)
DOMAIN = Kind[Domain]("domain", store.domains, DomainChanged)
LINK = Kind[Link]("link", store.links, LinkChanged, said=without_secrets)
USER = Kind[User]("user", store.users, UserChanged)
DEVICE = Kind[UserDevice]("device", store.devices, UserDeviceChanged)
GROUP = Kind[Group]("group", store.groups, GroupChanged)
QUEUE = Kind[Queue]("queue", store.queues, QueueChanged)
INTERCOM_GROUP = Kind[IntercomGroup]("intercom group", store.intercom_groups, IntercomGroupChanged)
DIRECTORY = Kind[Directory]("directory", store.directories, DirectoryChanged, said=without_secrets)
DIRECTORY_GRANT = Kind[DirectoryGrant](
    "directory grant", store.directory_grants, DirectoryGrantChanged
)
CALENDAR_GRANT = Kind[CalendarGrant]("calendar grant", store.calendar_grants, CalendarGrantChanged)
COLLABORATION_SOURCE = Kind[CollaborationSource](
    "collaboration source",
    store.collaboration_sources,
    CollaborationSourceChanged,
    said=without_secrets,
)
COLLABORATION_ACCOUNT = Kind[CollaborationAccount](
    "collaboration account",
    store.collaboration_accounts,
    CollaborationAccountChanged,
    said=without_secrets,
)
PARAMETER_VALUE = Kind[ParameterValue](
    "parameter value", store.parameter_values, ParameterValueChanged
)
AUTHORISATION = Kind[Authorisation]("authorisation", store.authorisations, AuthorisationChanged)
ADMINISTRATOR = Kind[Administrator]("administrator", store.administrators, AdministratorChanged)
