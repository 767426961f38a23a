"""The file: what stands in it, and how it is read. Rows are named by their names, secrets only by
which there are."""

from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from tws.errors import Invalid, invalid
from tws.organisation.grant import GranteeKind, GrantKind, ObjectKind
from tws.organisation.model import DirectoryKind, ImportMode, NumberDirection, SyncSchedule
from tws.sentences import sentence
from tws.undecodable import UNDECODABLE

FORMAT, SCHEMA = "tws-configuration", 2
FIRST_SCHEMA = 1
"Which knew no call queues and no intercom groups."


class Item(Struct, rename="camel", forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One row."""


class Ref(Item, frozen=True, kw_only=True):
    """A row that stands elsewhere in the file, or is there already."""

    domain: str
    name: str


class RuleItem(Item, frozen=True, kw_only=True):
    """Of a dial plan."""

    priority: int
    name: str
    pattern: str
    value: str
    longer_only: bool


class ExampleItem(Item, frozen=True, kw_only=True):
    """What the dial plan must go on doing."""

    direction: NumberDirection
    number: str
    expected: str


class DomainItem(Item, frozen=True, kw_only=True):
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
    apply_to_caller: bool
    outgoing_rules: tuple[RuleItem, ...] | None
    incoming_rules: tuple[RuleItem, ...]
    emergency_numbers: tuple[str, ...]
    number_examples: tuple[ExampleItem, ...]


class GroupItem(Item, frozen=True, kw_only=True):
    """Without its members."""

    domain: str
    name: str
    rank: int


class WithSettings(Item, frozen=True, kw_only=True):
    domain: str
    name: str
    settings: dict[str, Any]
    secrets: list[str] = []
    "Which settings are to be filled in afterwards."


class LinkItem(WithSettings, frozen=True, kw_only=True):
    dialect: str
    capacity: int
    enabled: bool


class DirectoryItem(WithSettings, frozen=True, kw_only=True):
    connector: str
    kind: DirectoryKind
    priority: int
    mapping: dict[str, str]
    labels: dict[str, str]
    merge: bool
    schedule: SyncSchedule
    minutes: int


class UserImportItem(WithSettings, frozen=True, kw_only=True):
    connector: str
    mapping: dict[str, str]
    mode: ImportMode
    fields: dict[str, str]
    group: Ref | None
    link: Ref | None
    protocol: str
    label: str
    culture: str
    adapt: bool
    schedule: SyncSchedule
    minutes: int
    hour: str


class CollaborationItem(WithSettings, frozen=True, kw_only=True):
    connector: str
    enabled: bool


class SharedDeviceItem(Item, frozen=True, kw_only=True):
    domain: str
    name: str
    link: Ref | None
    number: str
    protocol: str
    media_protocol: str
    lines: int
    secrets: list[str] = []
    "Whether its password is to be filled in afterwards."


class QueueItem(SharedDeviceItem, frozen=True, kw_only=True):
    pass


class IntercomGroupItem(SharedDeviceItem, frozen=True, kw_only=True):
    count: int
    supervised: tuple[str, ...]


class ParameterItem(Item, frozen=True, kw_only=True):
    """For a group, for a domain, or for the company as a whole."""

    parameter: str
    domain: str | None = None
    group: Ref | None = None
    value: str | int | bool | UnsetType = UNSET
    "Left out of a secret one."


class GrantItem(Item, frozen=True, kw_only=True):
    kind: GrantKind
    object_kind: ObjectKind
    object: str | Ref
    "An application by its name."
    grantee_kind: GranteeKind
    grantee: Ref
    "A domain by its name, twice."


class Template(Item, frozen=True, kw_only=True):
    format: str
    schema: int
    domains: list[DomainItem] = []
    groups: list[GroupItem] = []
    links: list[LinkItem] = []
    queues: list[QueueItem] = []
    intercom_groups: list[IntercomGroupItem] = []
    directories: list[DirectoryItem] = []
    user_imports: list[UserImportItem] = []
    collaboration: list[CollaborationItem] = []
    parameters: list[ParameterItem] = []
    grants: list[GrantItem] = []


def written(template: Template) -> bytes:
    return msgspec.json.format(msgspec.json.encode(template), indent=2) + b"\n"


def read(content: bytes) -> Template:
    """Invalid with words where it is something else, newer, or has what does not belong there."""
    try:
        head = msgspec.json.decode(content)
    except UNDECODABLE:
        raise invalid(sentence("This is no JSON file."), field="content") from None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise invalid(sentence("This is no file of a configuration of TWS."), field="content")
    schema = head.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise invalid(
            sentence("The file comes from a newer TWS (schema {schema}).", schema=schema),
            field="content",
        )
    try:
        template = msgspec.json.decode(content, type=Template)
    except msgspec.ValidationError as error:
        raise _unreadable(error) from error
    if not FIRST_SCHEMA <= template.schema <= SCHEMA:
        raise invalid(sentence("The file has no schema that is known here."), field="content")
    return template


def _unreadable(error: msgspec.ValidationError) -> Invalid:
    said = sentence("The file has something that does not belong there: {said}", said=str(error))
    return invalid(said, field="content")
