"""All data of one company: as a file, and erased."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from tws.organisation.actor import CompanyId
from tws.web.answers import answer, answers, refusals
from tws.web.identity import Administrator, InRooms
from tws.web.shapes import Body, Text
from tws.web.shown.values import Value

router = APIRouter(prefix="/admin", tags=["administration"])


class ErasedValue(Value):
    """What is gone: rows by their table."""

    rows: dict[str, int]


class EraseBody(Body):
    name: Text = Field(description="The company's, so that no other one is meant.")


@router.get(
    "/companies/{id}/export",
    operation_id="exportCompany",
    responses={
        200: {
            "description": "A file.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
        **refusals("notSignedIn", "notAllowed", "notFound", "unavailable"),
    },
)
async def export_company(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Everything that belongs to a company: JSON lines for each table, and its files (ZIP).
    Passwords, keys and secrets are left out."""
    blocks = rooms.company_data.export(actor, CompanyId(id))
    first = await anext(blocks)  # refused before a file begins

    async def content() -> AsyncIterator[bytes]:
        yield first
        async for block in blocks:
            yield block

    named = {"Content-Disposition": 'attachment; filename="company.zip"'}
    return StreamingResponse(content(), media_type="application/zip", headers=named)


@router.post(
    "/companies/{id}/erasure",
    operation_id="eraseCompany",
    responses=answers(
        ErasedValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "notFound",
        "foreignOrigin",
        "invalid",
        "unavailable",
    ),
)
async def erase_company(
    rooms: InRooms, actor: Administrator, id: str, body: EraseBody
) -> Response:
    """Take a company away with all that belongs to it, for ever; by a super user."""
    rows = await rooms.company_data.erase(actor, CompanyId(id), body.name)
    return answer(ErasedValue(rows=dict(rows)))
