"""Rows of the organisation as administrators see them."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec

from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import BuiltIn, DirectoryKind, ImportMode, ParameterValue, SyncSchedule
from tws.organisation.parameters.parameter import Data
from tws.storage.secrets import is_sealed
from tws.web.shown.values import Value

V = TypeVar("V", bound=Value)


class CompanyRow(Value):
    """A company: nothing is shared between two of them."""

    id: str
    version: int
    name: str


class DomainRow(Value):
    """Users of one company with the same technical environment, and its dial plan."""

    id: str
    version: int
    company: str
    name: str
    time_zone: str
    internal_length: int
    country_prefix: str
    external_prefix: str
    international_prefix: str
    national_prefix: str
    inverse_length: int
    incoming_remove: str
    incoming_add: str


class UserRow(Value):
    """A user of a domain."""

    id: str
    version: int
    company: str
    domain: str
    username: str
    display_name: str
    first_name: str
    last_name: str
    email: str
    mobile: str
    culture: str
    enabled: bool
    ip: str
    external_key: str
    custom0: str
    custom1: str
    voicemail_password_set: Annotated[
        bool, msgspec.Meta(description="Whether there is one; it is never told.")
    ]
    user_import: Annotated[
        str | None, msgspec.Meta(description="The import that he came from: id; it may be gone.")
    ]
    photo: Annotated[
        str,
        msgspec.Meta(
            description="Its hash; empty = none. It is served by `getContactPhoto`, with the id "
            "of the user."
        ),
    ]


class DeviceRow(Value):
    """An extension of a user on a link."""

    id: str
    version: int
    company: str
    domain: str
    user: str
    link: str
    number: str
    protocol: str
    label: str
    password_set: Annotated[
        bool, msgspec.Meta(description="Whether there is one; it is never told.")
    ]
    ip: str
    video: bool
    client_port: int
    sip_proxy: Annotated[
        str, msgspec.Meta(description="This one and those after it: of the protocol SIP only.")
    ]
    one_number: bool
    softphone: bool
    media_protocol: str


class GroupRow(Value):
    """Users to whom something is granted together."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    rank: Annotated[
        int,
        msgspec.Meta(description="Of a user's groups the lowest decides on parameters' values."),
    ]
    members: Annotated[list[str], msgspec.Meta(description="Ids of users.")]


class QueueRow(Value):
    """A shared call queue."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    link: Annotated[str | None, msgspec.Meta(description="Id; null = it has no number yet.")]
    number: str
    protocol: str
    media_protocol: Annotated[
        str,
        msgspec.Meta(description="`None`: a device that is there; `TWS`: a virtual one."),
    ]
    lines: Annotated[int, msgspec.Meta(description="Calls that a virtual device has at once.")]
    password_set: Annotated[
        bool, msgspec.Meta(description="Whether there is one; it is never told.")
    ]


class IntercomGroupRow(Value):
    """People who see each other's telephones."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    link: Annotated[str | None, msgspec.Meta(description="Id; null = it has no numbers.")]
    number: Annotated[str, msgspec.Meta(description="The first; may be empty.")]
    count: Annotated[int, msgspec.Meta(description="How many numbers, one after the other.")]
    protocol: str
    media_protocol: Annotated[
        str,
        msgspec.Meta(description="`None`: telephones that are there; `TWP/TWS`: virtual ones."),
    ]
    lines: Annotated[int, msgspec.Meta(description="Calls that a virtual device has at once.")]
    password_set: Annotated[
        bool, msgspec.Meta(description="Whether there is one; it is never told.")
    ]
    supervised: Annotated[
        list[str],
        msgspec.Meta(description="Telephones on the link that are no user's."),
    ]


class AdministratorRow(Value):
    """An administrator. A super user manages all companies."""

    id: str
    version: int
    username: str
    super_user: bool
    companies: Annotated[list[str], msgspec.Meta(description="Ids of those managed.")]
    email: Annotated[str, msgspec.Meta(description="Where incidents are told; may be empty.")]
    culture: Annotated[str, msgspec.Meta(description="In which language: `fr` or `en`.")]
    muted: Annotated[list[str], msgspec.Meta(description="Kinds of incidents not told.")]


class LinkRow(Value):
    """A link to a PBX."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    dialect: str
    capacity: Annotated[int, msgspec.Meta(description="Devices monitored at once.")]
    enabled: bool
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(description="By name, as `listDialects` tells them; secret ones are null."),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]


class DirectoryRow(Value):
    """A directory of a domain."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    kind: DirectoryKind
    connector: str
    built_in: Annotated[
        BuiltIn | None,
        msgspec.Meta(description="Which of TWS's own; of these little can be changed."),
    ]
    priority: Annotated[
        int, msgspec.Meta(description="Of those that know a caller the lowest is shown.")
    ]
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(
            description="By name, as `describeConnectors` tells them; secret ones are null."
        ),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]
    mapping: Annotated[
        dict[str, str],
        msgspec.Meta(description="Internal field: the source's field, with its options."),
    ]
    labels: Annotated[
        dict[str, str],
        msgspec.Meta(description="`private0` to `private9`: what it is called."),
    ]
    merge: bool
    schedule: SyncSchedule
    minutes: Annotated[int, msgspec.Meta(description="Of the schedule `interval`.")]
    synchronised: Annotated[
        datetime | None, msgspec.Meta(description="When the last synchronisation ended.")
    ]


class UserImportRow(Value):
    """How users of a domain are read from elsewhere; with what its directory says."""

    id: str
    version: int
    company: str
    domain: str
    directory: Annotated[str, msgspec.Meta(description="Its own: id.")]
    directory_version: int
    name: str
    connector: str
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(
            description="By name, as `describeConnectors` tells them; secret ones are null."
        ),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]
    mapping: Annotated[
        dict[str, str],
        msgspec.Meta(
            description="Of its directory; `last_name`, `first_name`, `email1` and `mobile` are "
            "those of users too."
        ),
    ]
    mode: ImportMode
    fields: Annotated[
        dict[str, str],
        msgspec.Meta(
            description="username, identifier, number, custom0, custom1: the source's field, with "
            "its options."
        ),
    ]
    group: Annotated[str | None, msgspec.Meta(description="Into which they are put: id.")]
    link: Annotated[
        str | None,
        msgspec.Meta(description="On which each is given an extension: id; null = nobody is."),
    ]
    protocol: str
    label: str
    video: bool
    sip_proxy: Annotated[
        str, msgspec.Meta(description="This one and those after it: of the protocol SIP only.")
    ]
    one_number: bool
    media_protocol: str
    culture: str
    adapt: Annotated[bool, msgspec.Meta(description="Numbers go through the dial plan.")]
    schedule: SyncSchedule
    minutes: Annotated[int, msgspec.Meta(description="Of the schedule `interval`.")]
    hour: Annotated[str, msgspec.Meta(description="Of the schedule `daily`: HH:MM.")]


class ScimConnectionRow(Value):
    """How an identity provider makes and changes users and groups of a domain by SCIM."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    link: Annotated[
        str | None,
        msgspec.Meta(description="On which each is given an extension: id; null = nobody is."),
    ]
    protocol: str
    label: str
    culture: str
    adapt: Annotated[bool, msgspec.Meta(description="Numbers go through the dial plan.")]
    take_over: Annotated[
        bool,
        msgspec.Meta(
            description="It may look at and take over users and groups of its domain whom nobody "
            "else brought."
        ),
    ]
    token_made: Annotated[datetime | None, msgspec.Meta(description="null = it has none.")]
    token_used: Annotated[
        datetime | None, msgspec.Meta(description="When it last was; null = never.")
    ]
    address: Annotated[
        str,
        msgspec.Meta(
            description="What the provider is told; it begins with `/` where no public address is "
            "configured."
        ),
    ]
    users: Annotated[int, msgspec.Meta(description="How many it has brought.")]
    groups: int


class GrantRow(Value):
    """Something granted to somebody."""

    id: str
    version: int
    company: str
    kind: GrantKind
    object_kind: ObjectKind
    object: Annotated[str, msgspec.Meta(description="Id of a row, or the name of an application.")]
    grantee_kind: GranteeKind
    grantee: Annotated[str, msgspec.Meta(description="Id of a row.")]


class ParameterValueRow(Value):
    """What a parameter is for a user, a group, a domain, or, where all are null, the company."""

    id: str
    version: int
    company: str
    parameter: str
    value: Annotated[
        str | int | bool | None, msgspec.Meta(description="null = a secret, which is set.")
    ]
    user: str | None
    group: str | None
    domain: str | None


class CollaborationSourceRow(Value):
    """Where the calendars of a domain's users are read."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    connector: str
    enabled: bool
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(
            description="By name, as `describeCalendarConnectors` tells them; secret ones are "
            "null."
        ),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]


class SmsProviderRow(Value):
    """By whom the text messages of a domain's users are sent."""

    id: str
    version: int
    company: str
    domain: str
    name: str
    connector: str
    sender: Annotated[
        str, msgspec.Meta(description="From whom messages come; empty: the provider's own.")
    ]
    enabled: bool
    settings: Annotated[
        dict[str, Any],
        msgspec.Meta(
            description="By name, as `describeSmsConnectors` tells them; secret ones are null."
        ),
    ]
    is_set: Annotated[
        dict[str, bool], msgspec.Meta(description="Secret settings: whether there is a value.")
    ]


def parameter_value_row(row: ParameterValue) -> ParameterValueRow:
    return ParameterValueRow(
        id=row.id,
        version=row.version,
        company=row.company,
        parameter=row.parameter,
        value=told(row.value),
        user=row.user,
        group=row.group,
        domain=row.domain,
    )


def told(value: Data) -> Data | None:
    """A value of a parameter as anybody may see it: of a secret, that there is one."""
    return None if is_sealed(value) else value


def shown(row: object, kind: type[V]) -> V:
    """A row of the organisation as a value of `kind`."""
    return msgspec.convert(row, kind, from_attributes=True)
