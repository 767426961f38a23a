"""The kinds of rows of the organisation: where each is stored, and how its changes are
told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from tws.organisation import store
from tws.organisation.events import (
    AdministratorChanged,
    CollaborationAccountChanged,
    CollaborationSourceChanged,
    CompanyChanged,
    DirectoryChanged,
    DomainChanged,
    GrantChanged,
    GroupChanged,
    IntercomGroupChanged,
    LinkChanged,
    ParameterValueChanged,
    PreferencesChanged,
    QueueChanged,
    ScimConnectionChanged,
    SmsProviderChanged,
    UserChanged,
    UserDeviceChanged,
    UserImportChanged,
)
from tws.organisation.grant import Grant, GrantKind
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
from tws.records.kind import Kind
from tws.records.sealing import TOLD, told
from tws.storage.rows import Entity
from tws.storage.secrets import is_sealed


class WithSettings(Entity, Protocol):
    @property
    def settings(self) -> Mapping[str, object]: ...


Settled = TypeVar("Settled", bound=WithSettings)


def without_secrets(row: Settled) -> Settled:
    """What the audit log may say of a row with settings."""
    return replace(row, settings=told(row.settings))  # type: ignore[type-var]


def _user_told(row: User) -> User:
    return replace(row, voicemail_password=TOLD if row.voicemail_password else "")


class WithPassword(Entity, Protocol):
    @property
    def password(self) -> str: ...


Device = TypeVar("Device", bound=WithPassword)


def _device_told(row: Device) -> Device:
    return replace(row, password=TOLD if row.password else "")  # type: ignore[type-var]


COMPANY = Kind[Company](
    "company", store.companies, CompanyChanged, company=lambda company: company.id
)
DOMAIN = Kind[Domain]("domain", store.domains, DomainChanged)
LINK = Kind[Link]("link", store.links, LinkChanged, said=without_secrets)
USER = Kind[User]("user", store.users, UserChanged, said=_user_told)
DEVICE = Kind[UserDevice]("device", store.devices, UserDeviceChanged, said=_device_told)
GROUP = Kind[Group]("group", store.groups, GroupChanged)
QUEUE = Kind[Queue]("queue", store.queues, QueueChanged, said=_device_told)
INTERCOM_GROUP = Kind[IntercomGroup](
    "intercom group", store.intercom_groups, IntercomGroupChanged, said=_device_told
)
DIRECTORY = Kind[Directory]("directory", store.directories, DirectoryChanged, said=without_secrets)
USER_IMPORT = Kind[UserImport]("user import", store.user_imports, UserImportChanged)
SCIM_CONNECTION = Kind[ScimConnection](
    "SCIM connection",
    store.scim_connections,
    ScimConnectionChanged,
    said=lambda row: replace(row, secret="***" if row.secret else ""),
)
GRANT_NAMES: Mapping[GrantKind, str] = {
    GrantKind.APPLICATION: "authorisation",
    GrantKind.DIRECTORY: "directory grant",
    GrantKind.CALENDAR: "calendar grant",
    GrantKind.INTERCOM_GROUP: "intercom group grant",
    GrantKind.QUEUE: "queue grant",
    GrantKind.CALL_LOG: "call log grant",
    GrantKind.STATISTICS: "statistics grant",
    GrantKind.RECORDINGS: "recordings grant",
}
GRANT = Kind[Grant](
    "grant", store.granted, GrantChanged, called=lambda grant: GRANT_NAMES[grant.kind]
)
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
SMS_PROVIDER = Kind[SmsProvider](
    "SMS provider", store.sms_providers, SmsProviderChanged, said=without_secrets
)
PARAMETER_VALUE = Kind[ParameterValue](
    "parameter value",
    store.parameter_values,
    ParameterValueChanged,
    said=lambda value: replace(value, value=TOLD) if is_sealed(value.value) else value,
)
PREFERENCES = Kind[Preferences]("preferences", store.preferences, PreferencesChanged)
ADMINISTRATOR = Kind[Administrator]("administrator", store.administrators, AdministratorChanged)
