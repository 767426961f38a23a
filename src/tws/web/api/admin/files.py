"""Files of a company, from which its directories are read."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Query, Request, Response
from starlette.requests import ClientDisconnect

from tws.directory.company_files import CompanyFile
from tws.organisation.actor import CompanyId
from tws.web.answers import answer, answers
from tws.web.api.admin.described import LOOKING
from tws.web.errors import Problem
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shown.values import Value
from tws.web.uploads import BINARY, uploaded

router = Operations("/admin/files", tags=["administration"])
Company = Annotated[str, Query(description="Id of the company whose file it is.")]
Named = Annotated[str, Query(description="The file's name.")]


class FileUseValue(Value):
    """A directory that is read from a file."""

    id: str
    name: str


class FileValue(Value):
    """A file of a company."""

    name: str
    size: Annotated[int, msgspec.Meta(description="Bytes.")]
    changed: datetime
    directories: Annotated[list[FileUseValue], msgspec.Meta(description="Which are read from it.")]


def _value(file: CompanyFile) -> FileValue:
    return FileValue(
        name=file.name,
        size=file.size,
        changed=file.changed,
        directories=[FileUseValue(id=each.id, name=each.name) for each in file.directories],
    )


@router.get(
    "",
    operation_id="listFiles",
    responses=answers(list[FileValue], *LOOKING, "notFound", "invalid"),
)
async def list_files(rooms: InRooms, actor: Administrator, company: Company) -> Response:
    """The files that a company's directories can be read from, by name."""
    found = await rooms.company_files.list_files(actor, CompanyId(company))
    return answer([_value(file) for file in found])


@router.put(
    "",
    operation_id="putFile",
    responses=answers(
        FileValue,
        *LOOKING,
        "badRequest",
        "notFound",
        "tooLarge",
        "unsupportedMediaType",
        "invalid",
        "tooMany",
        "unavailable",
    ),
    openapi_extra=uploaded(BINARY),
)
async def put_file(
    rooms: InRooms, actor: Administrator, request: Request, company: Company, name: Named
) -> Response:
    """Send a file, in place of one of that name. The body is the file itself; what comes is
    written beside the earlier one, which is replaced at its end."""
    try:
        found = await rooms.company_files.put(actor, CompanyId(company), name, request.stream())
    except ClientDisconnect:
        raise Problem("badRequest", "The file was not sent to its end.") from None
    return answer(_value(found))


@router.delete(
    "",
    operation_id="deleteFile",
    status_code=204,
    responses=answers(
        None, *LOOKING, "notFound", "conflict", "invalid", "unavailable", status=204
    ),
)
async def delete_file(
    rooms: InRooms, actor: Administrator, company: Company, name: Named
) -> Response:
    """Delete a file that no directory is read from."""
    await rooms.company_files.delete(actor, CompanyId(company), name)
    return Response(status_code=204)
