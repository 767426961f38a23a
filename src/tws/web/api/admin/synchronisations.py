"""Synchronising directories: asking for it, watching it, reading its report.

The newest run of each directory is on the live stream too, as `run/<directory>`.
"""

from collections.abc import Awaitable
from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import Field

from tws.directory.runs import Run
from tws.directory.sync.sampling import Sample
from tws.organisation.actor import DirectoryId
from tws.organisation.model import DirectoryKind
from tws.sentences import NOTHING
from tws.sources.errors import ConnectorError
from tws.sources.run_states import problem_of
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING
from tws.web.api.admin.directories import MOST_FIELDS, Kind
from tws.web.awaited import while_awaited
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.rooms import Rooms
from tws.web.shapes import Body, Id, Name, Text
from tws.web.shown.runs import DirectoryTrialValue, NoteValue, RunValue, SampleValue, run_value
from tws.web.shown.sentences import parts

router = Operations("/admin/directories", tags=["administration"])
ASKED = answers(RunValue, *LOOKING, "notFound", "conflict", "unavailable")


def _answer(rooms: Rooms, run: Run) -> Response:
    return answer(run_value(rooms.registry, run))


@router.post("/{id}/synchronise", operation_id="synchroniseDirectory", responses=ASKED)
async def synchronise_directory(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Begin to read the source. The directory changes once it has been read to its end."""
    return _answer(rooms, await rooms.synchronisation.synchronise(actor, DirectoryId(id)))


@router.post(
    "/{id}/try",
    operation_id="tryDirectory",
    responses=answers(DirectoryTrialValue, *LOOKING, "notFound", "conflict", "invalid"),
)
async def try_directory(
    request: Request, rooms: InRooms, actor: Administrator, id: str
) -> Response:
    """Read the first entries of the source, as it is stored; nothing is changed."""
    return await _tried(request, rooms.synchronisation.try_out(actor, DirectoryId(id)))


class TryDirectoryBody(Body):
    """A directory as a form has it."""

    domain: Id
    directory: Id | None = Field(
        None,
        description="The stored one that is changed. Its secrets stand for those left out, where "
        "the address is the stored one.",
    )
    connector: Name = Field(examples=["csv"])
    settings: dict[str, Any] = Field(max_length=100, examples=[{"file": "customers.csv"}])
    kind: Kind = "public"
    mapping: dict[str, Text] = Field({}, max_length=MOST_FIELDS)


@router.post(
    "/try",
    operation_id="tryDirectoryDraft",
    responses=answers(DirectoryTrialValue, *LOOKING, "badRequest", "notFound", "invalid"),
)
async def try_directory_draft(
    request: Request, rooms: InRooms, actor: Administrator, body: TryDirectoryBody
) -> Response:
    """Read the first entries of a source that is not stored, or not so; nothing is changed."""
    given = body.given()
    given["kind"] = DirectoryKind(body.kind)
    draft = rooms.organisation.directories.draft_directory(actor, **given)
    return await _tried(request, rooms.synchronisation.try_draft(actor, draft))


async def _tried(request: Request, trial: Awaitable[list[Sample]]) -> Response:
    try:
        found = await while_awaited(request, trial)
    except ConnectorError as error:
        return answer(
            DirectoryTrialValue(
                entries=[],
                problem=problem_of(error),
                words=str(error),
                **parts(error.said),
            )
        )
    entries = [
        SampleValue(
            entry=one.entry,
            name=one.name,
            numbers=one.numbers,
            emails=one.emails,
            ignored=one.ignored,
            notes=[
                NoteValue(why=note.what, words=str(note.said), **parts(note.said))
                for note in one.notes
            ],
        )
        for one in found
    ]
    return answer(DirectoryTrialValue(entries=entries, problem=None, words="", **parts(NOTHING)))


@router.post("/{id}/approve", operation_id="approveSynchronisation", responses=ASKED)
async def approve_synchronisation(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Yes, more than a quarter of the directory may be deleted."""
    return _answer(rooms, await rooms.synchronisation.approve(actor, DirectoryId(id)))


@router.post("/{id}/cancel", operation_id="cancelSynchronisation", responses=ASKED)
async def cancel_synchronisation(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """What was merged stays, the next synchronisation brings the rest."""
    return _answer(rooms, await rooms.synchronisation.cancel(actor, DirectoryId(id)))


@router.get(
    "/{id}/runs",
    operation_id="listSynchronisations",
    responses=answers(list[RunValue], *LOOKING, "notFound", "unavailable"),
)
async def list_synchronisations(
    rooms: InRooms, actor: Administrator, id: str, limit: Annotated[int, Query(ge=1, le=50)] = 20
) -> Response:
    """The last ones with their reports, the newest first."""
    found = await rooms.synchronisation.list_runs(actor, DirectoryId(id), limit)
    return answer([run_value(rooms.registry, run) for run in found])
