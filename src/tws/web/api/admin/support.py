"""The support bundle: an archive for whoever is asked for help; for super users."""

from typing import Annotated

from fastapi import Query, Response

from tws.web.answers import refusals
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations

router = Operations("/admin", tags=["administration"])
ZIP = "application/zip"
BINARY = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/support-bundle",
    operation_id="downloadSupportBundle",
    responses={
        200: {"description": "A ZIP file.", "content": {ZIP: BINARY}},
        **refusals("notSignedIn", "notAllowed"),
    },
)
async def download_support_bundle(
    rooms: InRooms,
    actor: Administrator,
    personal: Annotated[
        bool, Query(description="true: numbers and names as they are; else hidden.")
    ] = False,
    traces: Annotated[
        bool, Query(description="true: traces of links too; without `personal` thinned.")
    ] = False,
) -> Response:
    """Versions, settings, findings, figures, links, the last lines of the log: no secrets, and
    nobody's number or name unless `personal`. Its manifest says what is in it and what is not."""
    name, content = await rooms.support.bundle(actor, personal=personal, traces=traces)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=ZIP, headers=disposition)
