"""Imports of users: how they are read, asking for a run, watching it, reading its report.

The newest run of each import is on the live stream too, as `import/<id>`.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response
from pydantic import Field

from tws.imports.model import Run
from tws.organisation.actor import UserImportId
from tws.organisation.device_protocols import DeviceProtocol, MediaProtocol
from tws.organisation.model import ImportMode, SyncSchedule, UserImport
from tws.sentences import NOTHING
from tws.sources.errors import ConnectorError
from tws.sources.run_states import problem_of
from tws.web.answers import answer, answers
from tws.web.api.admin import directories
from tws.web.api.admin.described import LOOKING, OfDomain
from tws.web.api.admin.directories import MOST_FIELDS, Schedule
from tws.web.api.admin.rows import UserImportRow
from tws.web.api.admin.rows_api import RowsApi
from tws.web.api.admin.users import (
    ONLY_SIP,
    Culture,
    automatic,
    no_media,
)
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Text, Version
from tws.web.shown.sentences import parts
from tws.web.shown.user_imports import (
    UserImportRunValue,
    UserImportTrialValue,
    import_report,
    user_import_run,
)

router = Operations("/admin", tags=["administration"])
Mode = Literal["insertUpdateDelete", "insertUpdateDisable", "insertUpdate", "update"]
ASKED = answers(UserImportRunValue, *LOOKING, "notFound", "conflict", "unavailable")


def row(rooms: Rooms, of: UserImport) -> UserImportRow:
    directory = directories.row(rooms, rooms.organisation.user_imports.directory_of(of))
    return UserImportRow(
        id=of.id,
        version=of.version,
        company=of.company,
        domain=of.domain,
        directory=of.directory,
        directory_version=directory.version,
        name=directory.name,
        connector=directory.connector,
        settings=directory.settings,
        is_set=directory.is_set,
        mapping=directory.mapping,
        mode=of.mode,
        fields=dict(of.fields),
        group=of.group,
        link=of.link,
        protocol=of.protocol,
        label=of.label,
        video=of.video,
        sip_proxy=of.sip_proxy,
        one_number=of.one_number,
        media_protocol=of.media_protocol,
        culture=of.culture,
        adapt=of.adapt,
        schedule=of.schedule,
        minutes=of.minutes,
        hour=of.hour,
    )


class CreateUserImportBody(Body):
    domain: Id
    name: Name = Field(description="Of its directory, too.", examples=["Employees"])
    connector: Name = Field(examples=["ldap"])
    settings: dict[str, Any] = Field(
        max_length=100,
        description="By name, as `describeConnectors` tells them.",
        examples=[{"host": "ldap.company.example", "base": "ou=people,dc=company,dc=example"}],
    )
    mapping: dict[str, Text] = Field(
        {},
        max_length=MOST_FIELDS,
        description="Internal field of contacts: the source's field, with options after a bar.",
        examples=[{"last_name": "sn|u", "first_name": "givenname", "email1": "mail"}],
    )
    mode: Mode = "insertUpdate"
    fields: dict[str, Text] = Field(
        max_length=10,
        description="username, identifier, number, custom0, custom1: the source's field.",
        examples=[{"username": "uid", "identifier": "entryuuid", "number": "telephonenumber"}],
    )
    group: Id | None = None
    link: Id | None = None
    protocol: DeviceProtocol = "CSTA"
    label: Text = ""
    video: bool = False
    sip_proxy: Text = Field("", description=ONLY_SIP)
    one_number: bool = Field(False, description=ONLY_SIP)
    media_protocol: MediaProtocol = Field("None", description=ONLY_SIP)
    culture: Culture = "Auto"
    adapt: bool = False
    schedule: Schedule = "manual"
    minutes: int = Field(60, ge=1, le=10_080)
    hour: Text = Field("03:00", examples=["03:00"])


class UpdateUserImportBody(Body):
    """What is left out stays, of `mapping` too; `fields` replaces all of them, `settings` all but
    the secrets it leaves out."""

    version: Version
    directory_version: int = Field(
        default_factory=int, ge=0, description="The version of its directory that you changed."
    )
    name: Name = Field(default_factory=str)
    connector: Name = Field(default_factory=str)
    settings: dict[str, Any] = Field(default_factory=dict, max_length=100)
    mapping: dict[str, Text] = Field(default_factory=dict, max_length=MOST_FIELDS)
    mode: Mode = Field(default_factory=lambda: "insertUpdate")
    fields: dict[str, Text] = Field(default_factory=dict, max_length=10)
    group: Id | None = None
    link: Id | None = None
    protocol: DeviceProtocol = Field(default_factory=lambda: "CSTA")
    label: Text = Field(default_factory=str)
    video: bool = Field(default_factory=bool)
    sip_proxy: Text = Field(default_factory=str)
    one_number: bool = Field(default_factory=bool)
    media_protocol: MediaProtocol = Field(default_factory=no_media)
    culture: Culture = Field(default_factory=automatic)
    adapt: bool = Field(default_factory=bool)
    schedule: Schedule = Field(default_factory=lambda: "manual")
    minutes: int = Field(default_factory=int, ge=1, le=10_080)
    hour: Text = Field(default_factory=str)


def _worded(
    operation: Callable[..., Awaitable[UserImport]],
) -> Callable[..., Awaitable[UserImport]]:
    """The operation with the words of the API for what the room knows as kinds of things."""

    async def run(*args: Any, **given: Any) -> UserImport:
        if "mode" in given:
            given["mode"] = ImportMode(given["mode"])
        if "schedule" in given:
            given["schedule"] = SyncSchedule(given["schedule"])
        return await operation(*args, **given)

    return run


imports = RowsApi(router, "/user-imports", "User Import", UserImportRow, show=row)
imports.listing(
    lambda rooms: rooms.organisation.user_imports.list_user_imports,
    "Imports of users, by name.",
    OfDomain,
)
imports.creation(
    lambda rooms: _worded(rooms.organisation.user_imports.create_user_import),
    "An import with its directory, granted to nobody yet. Nothing is read yet.",
    CreateUserImportBody,
)
imports.finding(lambda rooms: rooms.organisation.user_imports.get_user_import, "One import.")
imports.change(
    lambda rooms: _worded(rooms.organisation.user_imports.update_user_import),
    "Change an import, and with it its directory.",
    UpdateUserImportBody,
)
imports.deletion(
    lambda rooms: rooms.organisation.user_imports.delete_user_import,
    "Its directory goes with it; the users that it brought stay.",
)


def _answer(rooms: Rooms, run: Run) -> Response:
    return answer(user_import_run(rooms.registry, run))


@router.post("/user-imports/{id}/run", operation_id="runUserImport", responses=ASKED)
async def run_user_import(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Begin to read the source. Users change once it has been read to its end."""
    return _answer(rooms, await rooms.user_imports.run(actor, UserImportId(id)))


@router.post(
    "/user-imports/{id}/try",
    operation_id="tryUserImport",
    responses=answers(
        UserImportTrialValue, *LOOKING, "notFound", "conflict", "invalid", "unavailable"
    ),
)
async def try_user_import(
    request: Request, rooms: InRooms, actor: Administrator, id: str
) -> Response:
    """Read the source to its end, and tell what a run would do; nothing is changed."""
    try:
        trying = rooms.user_imports.try_out(actor, UserImportId(id))
        trial = await while_awaited(request, trying)
    except ConnectorError as error:
        said = error.said
        value = UserImportTrialValue(
            report=None,
            asks=False,
            problem=problem_of(error),
            words=str(said),
            **parts(said),
        )
        return answer(value)
    report = import_report(trial.report)
    return answer(
        UserImportTrialValue(
            report=report, asks=trial.asks, problem=None, words="", **parts(NOTHING)
        )
    )


@router.post("/user-imports/{id}/approve", operation_id="approveUserImport", responses=ASKED)
async def approve_user_import(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Yes, so many users may be deleted or disabled. The source is read again; more than were
    told are asked about again."""
    return _answer(rooms, await rooms.user_imports.approve(actor, UserImportId(id)))


@router.post("/user-imports/{id}/cancel", operation_id="cancelUserImport", responses=ASKED)
async def cancel_user_import(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """What was done stays done."""
    return _answer(rooms, await rooms.user_imports.cancel(actor, UserImportId(id)))


@router.get(
    "/user-imports/{id}/runs",
    operation_id="listUserImportRuns",
    responses=answers(list[UserImportRunValue], *LOOKING, "notFound", "unavailable"),
)
async def list_user_import_runs(
    rooms: InRooms, actor: Administrator, id: str, limit: Annotated[int, Query(ge=1, le=20)] = 20
) -> Response:
    """The last ones with their reports, the newest first."""
    found = await rooms.user_imports.list_runs(actor, UserImportId(id), limit)
    return answer([user_import_run(rooms.registry, run) for run in found])
