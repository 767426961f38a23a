"""All data of one company, or of one person: as a file, and erased."""

from collections.abc import AsyncIterator

from fastapi import Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from tws.organisation.actor import CompanyId, UserId
from tws.web.answers import Described, answer, answers, refusals
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Text
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class ErasedValue(Value):
    """What is gone, or would be: rows by their table, and traces."""

    rows: dict[str, int]


class EraseBody(Body):
    name: Text = Field(description="The company's or the user's, so that no other one is meant.")


FILE: Described = {
    200: {
        "description": "A file.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    },
    **refusals("notSignedIn", "notAllowed", "notFound", "unavailable"),
}
ERASED = answers(
    ErasedValue,
    "badRequest",
    "notSignedIn",
    "notAllowed",
    "notFound",
    "foreignOrigin",
    "invalid",
    "unavailable",
)


HELD = answers(ErasedValue, "notSignedIn", "notAllowed", "notFound", "unavailable")


async def _zip(blocks: AsyncIterator[bytes], name: str) -> Response:
    first = await anext(blocks)  # refused before a file begins

    async def content() -> AsyncIterator[bytes]:
        yield first
        async for block in blocks:
            yield block

    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content(), media_type="application/zip", headers=named)


@router.get(
    "/companies/{id}/export",
    operation_id="exportCompany",
    responses=FILE,
)
async def export_company(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Everything that belongs to a company: JSON lines for each table, and its files (ZIP).
    Passwords, keys and secrets are left out."""
    return await _zip(rooms.company_data.export(actor, CompanyId(id)), "company.zip")


@router.get("/companies/{id}/erasure", operation_id="countCompany", responses=HELD)
async def count_company(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """How many rows an erasure of the company would take away now; for a super user."""
    rows = await rooms.company_data.held(actor, CompanyId(id))
    return answer(ErasedValue(rows=dict(rows)))


@router.post(
    "/companies/{id}/erasure",
    operation_id="eraseCompany",
    responses=ERASED,
)
async def erase_company(
    rooms: InRooms, actor: Administrator, id: str, body: EraseBody
) -> Response:
    """Take a company away with all that belongs to it, for ever; by a super user."""
    rows = await rooms.company_data.erase(actor, CompanyId(id), body.name)
    return answer(ErasedValue(rows=dict(rows)))


@router.get("/users/{id}/export", operation_id="exportUser", responses=FILE)
async def export_user(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Everything that is of a user or names one: JSON lines for each table (ZIP). Passwords, keys
    and secrets are left out."""
    return await _zip(rooms.person_data.export(actor, UserId(id)), "user.zip")


@router.get("/users/{id}/erasure", operation_id="countUser", responses=HELD)
async def count_user(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """How many rows an erasure of the user would take away now."""
    rows = await rooms.person_data.held(actor, UserId(id))
    return answer(ErasedValue(rows=dict(rows)))


@router.post("/users/{id}/erasure", operation_id="eraseUser", responses=ERASED)
async def erase_user(rooms: InRooms, actor: Administrator, id: str, body: EraseBody) -> Response:
    """Take a user away with the call log and what the audit log says of them; `name`: the user
    name."""
    rows = await rooms.person_data.erase(actor, UserId(id), body.name)
    return answer(ErasedValue(rows=dict(rows)))
