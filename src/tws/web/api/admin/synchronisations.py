"""Synchronising directories: asking for it, watching it, reading its report.

The newest run of each directory is on the live stream too, as `run/<directory>`.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from tws.directory.connector import ConnectorError
from tws.directory.sync.model import Run, problem_of
from tws.organisation.actor import DirectoryId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING
from tws.web.identity import Administrator, InRooms
from tws.web.rooms import Rooms
from tws.web.shown.runs import DirectoryTrialValue, RunValue, SampleValue, run_value

router = APIRouter(prefix="/admin/directories/{id}", tags=["administration"])
ASKED = answers(RunValue, *LOOKING, "notFound", "conflict", "unavailable")


def _answer(rooms: Rooms, run: Run) -> Response:
    return answer(run_value(rooms.registry, run))


@router.post("/synchronise", operation_id="synchroniseDirectory", responses=ASKED)
async def synchronise_directory(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Begin to read the source. The directory changes once it has been read to its end."""
    return _answer(rooms, await rooms.synchronisation.synchronise(actor, DirectoryId(id)))


@router.post(
    "/try",
    operation_id="tryDirectory",
    responses=answers(DirectoryTrialValue, *LOOKING, "notFound", "conflict", "invalid"),
)
async def try_directory(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Read the first entries of the source, as it is stored; nothing is changed."""
    try:
        found = await rooms.synchronisation.try_out(actor, DirectoryId(id))
    except ConnectorError as error:
        return answer(DirectoryTrialValue(entries=[], problem=problem_of(error), words=str(error)))
    entries = [
        SampleValue(
            entry=one.entry,
            name=one.name,
            numbers=one.numbers,
            emails=one.emails,
            ignored=one.ignored,
            notes=one.notes,
        )
        for one in found
    ]
    return answer(DirectoryTrialValue(entries=entries, problem=None, words=""))


@router.post("/approve", operation_id="approveSynchronisation", responses=ASKED)
async def approve_synchronisation(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Yes, more than a quarter of the directory may be deleted."""
    return _answer(rooms, await rooms.synchronisation.approve(actor, DirectoryId(id)))


@router.post("/cancel", operation_id="cancelSynchronisation", responses=ASKED)
async def cancel_synchronisation(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """What was merged stays, the next synchronisation brings the rest."""
    return _answer(rooms, await rooms.synchronisation.cancel(actor, DirectoryId(id)))


@router.get(
    "/runs",
    operation_id="listSynchronisations",
    responses=answers(list[RunValue], *LOOKING, "notFound", "unavailable"),
)
async def list_synchronisations(
    rooms: InRooms, actor: Administrator, id: str, limit: Annotated[int, Query(ge=1, le=50)] = 20
) -> Response:
    """The last ones with their reports, the newest first."""
    found = await rooms.synchronisation.list_runs(actor, DirectoryId(id), limit)
    return answer([run_value(rooms.registry, run) for run in found])
