"""Contacts that a user's Outlook sends."""

from typing import Annotated

import msgspec
from fastapi import Query, Request, Response
from starlette.requests import ClientDisconnect

from tws.web.answers import answer, answers
from tws.web.errors import Problem
from tws.web.identity import InRooms, User
from tws.web.operation import Operations
from tws.web.shown.runs import RemarkValue, remark_values
from tws.web.shown.values import Value
from tws.web.uploads import CSV, VCARD, uploaded

router = Operations("/contacts", tags=["contacts"])


class SentValue(Value):
    """What became of contacts that were sent."""

    directory: Annotated[str, msgspec.Meta(description="Its name.")]
    read: int
    created: int
    updated: int
    deleted: int
    unchanged: int
    ignored: Annotated[list[RemarkValue], msgspec.Meta(description="What was left out, and why.")]
    notes: Annotated[list[RemarkValue], msgspec.Meta(description="What was not kept whole.")]


@router.put(
    "/outlook",
    operation_id="sendContacts",
    responses=answers(
        SentValue,
        "badRequest",
        "notSignedIn",
        "notAllowed",
        "conflict",
        "tooLarge",
        "unsupportedMediaType",
        "invalid",
        "tooMany",
        "unavailable",
    ),
    openapi_extra=uploaded(VCARD, CSV),
)
async def send_contacts(
    rooms: InRooms,
    actor: User,
    request: Request,
    approve: Annotated[
        bool, Query(description="Go on though more than a quarter is deleted.")
    ] = False,
) -> Response:
    """Replace your own Outlook contacts by those of an export: vCards, or CSV with Outlook's
    headers in English or French. 409 (`known`, `deleted`) where more than a quarter of them would
    go: send it again with `approve` if that is right."""
    try:
        sent = await rooms.sending.send(actor, request.stream(), approved=approve)
    except ClientDisconnect:
        raise Problem("badRequest", "The contacts were not sent to their end.") from None
    counts, remarks = sent.counts, sent.remarks
    return answer(
        SentValue(
            directory=sent.directory.name,
            read=remarks.read,
            created=counts.created,
            updated=counts.updated,
            deleted=counts.deleted,
            unchanged=counts.unchanged,
            ignored=remark_values(remarks, remarks.ignored),
            notes=remark_values(remarks, remarks.notes),
        )
    )
