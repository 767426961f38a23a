"""Text messages to mobiles (9.1.8): sent, and how far they have come."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from tws.directory.model import ContactId
from tws.messaging.sms.model import MOST_PARTS, SmsId
from tws.web.answers import answer, answers
from tws.web.identity import InKnown, InRooms, User
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Lines, Number, Text
from tws.web.shown.sms import SmsPageValue, SmsValue, sms

router = Operations("/sms", tags=["sms"])
LOOKING = ("notSignedIn", "notAllowed", "unavailable")


class SmsBody(Body):
    """To a number, or to the mobile of a contact; with both, the number is the contact's."""

    number: Annotated[Number, Field(description="As people write it.")] = ""
    contact: Id | None = None
    text: Annotated[
        Lines,
        Field(
            description=f"Of at most {MOST_PARTS} parts: 160 characters of the GSM alphabet in"
            " one, 153 in each of several; 70 and 67 where there are others."
        ),
    ]
    key: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=63,
            description="Your own id of the message: what comes again with it is sent once.",
        ),
    ] = None


@router.post(
    "",
    operation_id="sendSms",
    status_code=202,
    responses=answers(
        SmsValue,
        *(*LOOKING, "notFound", "invalid", "conflict", "tooMany"),
        *("badRequest", "tooLarge", "unsupportedMediaType"),
        status=202,
        description="It waits to be sent.",
    ),
)
async def send_sms(rooms: InRooms, known: InKnown, actor: User, body: SmsBody) -> Response:
    """Send a text message. It needs AuthorizeSms, and a provider in your domain. `getSms` tells
    how far it has come."""
    sent = await rooms.sms.send(
        actor,
        text=body.text,
        number=body.number,
        contact=None if body.contact is None else ContactId(body.contact),
        key=body.key,
    )
    return answer(sms(known, sent), 202)


@router.get(
    "", operation_id="listSms", responses=answers(SmsPageValue, *LOOKING, "notFound", "invalid")
)
async def list_sms(
    rooms: InRooms,
    known: InKnown,
    actor: User,
    number: Annotated[Number, Query(description="Only those to this number.")] = "",
    before: Annotated[
        Text | None, Query(description="`before` of the messages that came after.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """The text messages that you sent. They are kept as calls are kept in your log."""
    since = None if before is None else SmsId(before)
    page = await rooms.sms.list_sms(actor, number=number, before=since, limit=limit)
    return answer(
        SmsPageValue(
            messages=[sms(known, one) for one in page.messages],
            before=page.messages[-1].id if page.more else None,
        )
    )


@router.get("/{id}", operation_id="getSms", responses=answers(SmsValue, *LOOKING, "notFound"))
async def get_sms(rooms: InRooms, known: InKnown, actor: User, id: str) -> Response:
    """One that you sent."""
    return answer(sms(known, await rooms.sms.get_sms(actor, SmsId(id))))
