"""Directories of a domain, and the forms of what they are read from.

Secret settings can be written and never read, as those of links.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Response
from pydantic import Field

from tws.directory.connector import DirectoryConnector, suggested_users
from tws.organisation.model import Directory, DirectoryKind, SyncSchedule
from tws.register import NotInstalled
from tws.web.answers import answer
from tws.web.api.admin.described import OfDomain, listed
from tws.web.api.admin.rows import DirectoryRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Text, Version
from tws.web.shown.setting_values import SettingValue, form_of, told
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])
Kind = Literal["public", "private", "disabled"]
Schedule = Literal["manual", "daily", "interval"]
MOST_FIELDS = 50
"Of a mapping: more than there are internal fields."


class ConnectorValue(Value, omit_defaults=True):
    """What a directory can be read from."""

    name: str
    title: str
    fields: list[SettingValue]
    suggested: Annotated[
        dict[str, str],
        msgspec.Meta(description="Internal field: source field, with which a mapping begins."),
    ]
    public: Annotated[bool, msgspec.Meta(description="Whether a public directory can be it.")]
    private: Annotated[bool, msgspec.Meta(description="Whether it has contacts of single users.")]
    suggested_users: Annotated[
        dict[str, str],
        msgspec.Meta(
            description="Field of an import of users: source field, with which its form begins. "
            "Empty: users are not imported from there."
        ),
    ]
    unavailable: Annotated[
        str | None, msgspec.Meta(description="Why it cannot be used, where it cannot.")
    ] = None
    missing_extra: Annotated[
        str, msgspec.Meta(description="Of the package `tws`: what to install to use it.")
    ] = ""


def row(rooms: Rooms, directory: Directory) -> DirectoryRow:
    """A directory without its secrets; without any settings when its connector is not
    installed."""
    connector = rooms.connectors().get(directory.connector)
    settings, is_set = told(connector, directory.settings)
    return DirectoryRow(
        id=directory.id,
        version=directory.version,
        company=directory.company,
        domain=directory.domain,
        name=directory.name,
        kind=directory.kind,
        connector=directory.connector,
        built_in=directory.built_in,
        priority=directory.priority,
        settings=settings,
        is_set=is_set,
        mapping=dict(directory.mapping),
        labels=dict(directory.labels),
        merge=directory.merge,
        schedule=directory.schedule,
        minutes=directory.minutes,
        synchronised=directory.synchronised,
    )


@router.get("/connectors", operation_id="describeConnectors", responses=listed(ConnectorValue))
async def describe_connectors(rooms: InRooms, actor: Administrator) -> Response:
    """What directories can be read from, each with the form of its settings."""
    return answer([_connector(*each) for each in sorted(rooms.connectors().items())])


def _connector(name: str, connector: type[DirectoryConnector] | NotInstalled) -> ConnectorValue:
    if isinstance(connector, NotInstalled):
        return ConnectorValue(
            name=name,
            title=name,
            fields=[],
            suggested={},
            public=False,
            private=False,
            suggested_users={},
            unavailable=str(connector),
            missing_extra=connector.extra,
        )
    return ConnectorValue(
        name=name,
        title=connector.title,
        fields=form_of(connector.Settings),
        suggested=dict(connector.suggested),
        public=connector.public,
        private=connector.private,
        suggested_users=dict(suggested_users(connector)),
    )


class CreateDirectoryBody(Body):
    domain: Id
    name: Name = Field(examples=["Customers"])
    connector: Name = Field(examples=["csv"])
    settings: dict[str, Any] = Field(
        max_length=100,
        description="By name, as `describeConnectors` tells them.",
        examples=[{"file": "customers.csv"}],
    )
    kind: Kind = "public"
    priority: int = Field(1, ge=0, le=10_000)
    mapping: dict[str, Text] = Field(
        {},
        max_length=MOST_FIELDS,
        description="Internal field: the source's field, with options after a bar.",
        examples=[{"last_name": "Surname|u", "work": "BusinessPhone"}],
    )
    labels: dict[str, Text] = Field(
        {},
        max_length=10,
        description="`private0` to `private9`: what it is called. `[VIP]` marks contacts.",
        examples=[{"private0": "[VIP]"}],
    )
    merge: bool = Field(False, description="Merge its contacts with others by e-mail address.")
    schedule: Schedule = "manual"
    minutes: int = Field(10, ge=1, le=10_080, description="Of the schedule `interval`.")


class UpdateDirectoryBody(Body):
    """What is left out stays; `mapping` and `labels` replace all of theirs, `settings` all but the
    secrets it leaves out."""

    version: Version
    name: Name = Field(default_factory=str)
    connector: Name = Field(default_factory=str)
    settings: dict[str, Any] = Field(default_factory=dict, max_length=100)
    kind: Kind = Field(default_factory=lambda: "public")
    priority: int = Field(default_factory=int, ge=0, le=10_000)
    mapping: dict[str, Text] = Field(default_factory=dict, max_length=MOST_FIELDS)
    labels: dict[str, Text] = Field(default_factory=dict, max_length=10)
    merge: bool = Field(default_factory=bool)
    schedule: Schedule = Field(default_factory=lambda: "manual")
    minutes: int = Field(default_factory=int, ge=1, le=10_080)


def _worded(operation: Callable[..., Awaitable[Directory]]) -> Callable[..., Awaitable[Directory]]:
    """The operation with the words of the API for what the room knows as kinds of things."""

    async def run(*args: Any, **given: Any) -> Directory:
        if "kind" in given:
            given["kind"] = DirectoryKind(given["kind"])
        if "schedule" in given:
            given["schedule"] = SyncSchedule(given["schedule"])
        return await operation(*args, **given)

    return run


directories = RowsApi(
    router, "/directories", "Directory", DirectoryRow, many="Directories", show=row
)
directories.listing(
    lambda rooms: rooms.organisation.directories.list_directories,
    "Directories, TWS's own too.",
    OfDomain,
)
directories.creation(
    lambda rooms: _worded(rooms.organisation.directories.create_directory),
    "A directory, granted to nobody yet and not yet synchronised.",
    CreateDirectoryBody,
)
directories.finding(lambda rooms: rooms.organisation.directories.get_directory, "One directory.")
directories.change(
    lambda rooms: _worded(rooms.organisation.directories.update_directory),
    "Change a directory. Of TWS's own: its name, its priority, whether it is merged, and "
    "of those of contacts their private fields (`labels`, and `mapping` of properties of vCards).",
    UpdateDirectoryBody,
)
directories.deletion(
    lambda rooms: rooms.organisation.directories.delete_directory,
    "Its grants go with it. Refused for TWS's own.",
)
