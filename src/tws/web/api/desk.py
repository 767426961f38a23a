"""The helper of a desk (`tws helper`): what a page asks of it, and what it asks.

What stands under `/desk/helper/` is all that a key of a helper opens.
"""

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field

from tws.desk.model import RunOutcome
from tws.organisation.preferences.choices import LAST_KEY
from tws.telephony.model import LegId
from tws.web.answers import answer, answers
from tws.web.api.operations import DIALLED
from tws.web.command_requests import Ask
from tws.web.identity import InRooms, User, where_from
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number
from tws.web.shown.desk import RanValue

router = Operations("/desk", tags=["desk"])
OneOutcome = Annotated[RunOutcome, Field(strict=False)]


class RunProgramBody(Body):
    connection: Id = Field(description="The leg of a call whose pop has the button.")
    command: list[str] = Field(
        min_length=1,
        max_length=200,
        description="As the button has it: the program, and each of its arguments.",
        examples=[["c:\\crm\\crm.exe", "0155171889"]],
    )


class ReportRunBody(Body):
    outcome: OneOutcome


class CallSelectedBody(Body):
    number: Number = Field(examples=["01 55 17 18 89"])
    device: Number | None = Field(
        None,
        description="The number of one of your devices; null: that of your profile, else the first"
        " that works. Refused (`currentDeviceOutside`) where your profile's is elsewhere.",
    )


class CallChosenBody(Body):
    key: int = Field(ge=1, le=LAST_KEY, description="1 to 11: Ctrl+F1 to Ctrl+F11.")
    device: Number | None = Field(
        None,
        description="The number of one of your devices; null: that of your profile, else the first"
        " that works. Refused (`currentDeviceOutside`) where your profile's is elsewhere.",
    )


@router.post(
    "/run",
    operation_id="runProgram",
    responses=answers(
        RanValue, "badRequest", "notSignedIn", "notAllowed", "notFound", "conflict", "invalid"
    ),
)
async def run_program(
    request: Request, rooms: InRooms, actor: User, body: RunProgramBody
) -> Response:
    """Start what a button of a screen pop runs, at your desk: by the helper on the computer that
    asks, else by the one that came last. `conflict` where none is connected (`noHelper`), or it
    says nothing (`helperSilent`)."""
    ran = await rooms.helpers.run(
        actor, LegId(body.connection), tuple(body.command), where_from(request)
    )
    return answer(RanValue(outcome=ran.outcome, computer=ran.computer))


@router.put(
    "/helper/runs/{id}",
    operation_id="reportRun",
    status_code=204,
    responses=answers(
        None, "badRequest", "notSignedIn", "notAllowed", "notFound", "invalid", status=204
    ),
)
async def report_run(rooms: InRooms, actor: User, id: str, body: ReportRunBody) -> Response:
    """For a helper: what became of what it was told to start, by the moment `run`."""
    rooms.helpers.report(actor, id, body.outcome)
    return Response(status_code=204)


@router.post("/helper/callSelected", operation_id="callSelected", responses=DIALLED)
async def call_selected(rooms: InRooms, ask: Ask, body: CallSelectedBody) -> Response:
    """For a helper: call the number that is selected on the computer (`AuthorizeHotKeysExe`)."""
    return await ask(
        lambda key: rooms.desk_calls.call_selected(ask.actor, body.number, body.device, key)
    )


@router.post("/helper/callChosen", operation_id="callChosen", responses=DIALLED)
async def call_chosen(rooms: InRooms, ask: Ask, body: CallChosenBody) -> Response:
    """For a helper: call the number of one of your shortcuts (`AuthorizeHotKeys`)."""
    return await ask(
        lambda key: rooms.desk_calls.call_chosen(ask.actor, body.key, body.device, key)
    )
