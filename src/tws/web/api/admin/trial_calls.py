"""Trial calls: the end of a first configuration, and of a search for a fault."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import Response
from pydantic import Field

from tws.errors import Invalid
from tws.organisation.actor import DeviceRowId
from tws.telephony.model import LegId
from tws.telephony.trial_calls import TrialCall
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number
from tws.web.shown.values import Value

router = Operations("/admin/trial-calls", tags=["administration"])
ASKING = ("notSignedIn", "notAllowed", "foreignOrigin", "notFound", "linkDown", "refused")
CONTENT = ("badRequest", "invalid")
LATE = ("noAnswer", "outcomeUnknown", "unavailable")


class TrialCallValue(Value):
    """How far a trial call came."""

    id: Annotated[str, msgspec.Meta(description="Its leg, as in the call log.")]
    device: Annotated[str, msgspec.Meta(description="The telephone that calls.")]
    called: Annotated[str, msgspec.Meta(description="The number as it was sent to the PBX.")]
    begun: datetime
    alerted: Annotated[
        datetime | None, msgspec.Meta(description="When the other telephone began to ring.")
    ]
    answered: datetime | None
    ended: datetime | None
    cause: Annotated[
        str | None,
        msgspec.Meta(description="Why nobody was reached, or why it ended (ECMA-269)."),
    ]


def shown(trial: TrialCall) -> TrialCallValue:
    return TrialCallValue(
        id=trial.id,
        device=trial.device,
        called=trial.called,
        begun=trial.begun,
        alerted=trial.alerted,
        answered=trial.answered,
        ended=trial.ended,
        cause=trial.cause,
    )


class TrialCallBody(Body):
    device: Id = Field(description="The telephone that calls: a device's id.")
    called: Number = Field(examples=["4002"])


@router.post(
    "",
    operation_id="beginTrialCall",
    status_code=201,
    responses=answers(
        TrialCallValue,
        *ASKING,
        "badRequest",
        "invalid",
        *LATE,
        status=201,
        description="The PBX makes it.",
    ),
)
async def begin_trial_call(rooms: InRooms, actor: Administrator, body: TrialCallBody) -> Response:
    """Call a number from a telephone that you manage; the audit log says that you did."""
    try:
        trial = await rooms.trial_calls.begin(actor, DeviceRowId(body.device), body.called)
    except Invalid as error:
        if error.details.get("field") == "number":
            error.details["field"] = "called"
        raise
    return answer(shown(trial), 201)


@router.get(
    "/{id}",
    operation_id="getTrialCall",
    responses=answers(TrialCallValue, "notSignedIn", "notAllowed", "notFound"),
)
async def get_trial_call(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """How far your trial call came."""
    return answer(shown(rooms.trial_calls.get(actor, LegId(id))))


@router.delete(
    "/{id}",
    operation_id="clearTrialCall",
    status_code=204,
    responses=answers(None, *ASKING, *LATE, status=204),
)
async def clear_trial_call(rooms: InRooms, actor: Administrator, id: str) -> Response:
    """Hang up."""
    await rooms.trial_calls.clear(actor, LegId(id))
    return Response(status_code=204)
