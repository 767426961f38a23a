"""Whether e-mails can be sent."""

from typing import Annotated, Literal

import msgspec
from fastapi import Response
from pydantic import Field

from tws.languages import in_language
from tws.organisation.actor import CompanyId
from tws.sentences import sentence
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Text
from tws.web.shown.sentences import SaidValue, said_value
from tws.web.shown.values import Value

router = Operations("/admin/mail", tags=["administration"])


class MailTrialValue(Value):
    """What became of a test mail."""

    sent: bool
    said: Annotated[SaidValue, msgspec.Meta(description="What the server says, or what is wrong.")]


class TestMailBody(Body):
    company: Annotated[Id, Field(description="Whose mail server is tried.")]
    to: Annotated[Text, Field(examples=["name@company.example"])]
    culture: Literal["fr", "en"] = "en"


@router.post(
    "/test",
    operation_id="sendTestMail",
    responses=answers(
        MailTrialValue,
        *("notSignedIn", "notAllowed", "foreignOrigin", "badRequest", "notFound", "invalid"),
    ),
)
async def send_test_mail(rooms: InRooms, admin: Administrator, body: TestMailBody) -> Response:
    """Send a mail now by the company's server, and say in words what is wrong where it is not
    taken."""
    title = in_language(sentence("TWS: test mail"), body.culture)
    text = in_language(sentence("Mails of TWS arrive here."), body.culture)
    company = CompanyId(body.company)
    done = await rooms.mail.try_out(admin, company, body.to, title, f"{text}\n")
    return answer(MailTrialValue(sent=done.sent, said=said_value(done.said)))
