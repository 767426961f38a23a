"""The telephone's operations: each asks the PBX, and answers with what the PBX did.

Connections are named by leg: the `connection` of a call on the live stream and in `listCalls`.
"""

from typing import Literal

from fastapi import Response
from pydantic import Field

from tws.organisation.actor import DeviceRowId
from tws.telephony.model import LegId
from tws.web.api.operations import (
    CONNECTION,
    DIALLED,
    NOTHING,
    OnConnection,
    OnDevice,
    OnTwo,
    described,
)
from tws.web.command_requests import Ask
from tws.web.operation import Operations
from tws.web.shapes import Body, Id, Number, Text
from tws.web.shown.values import Value

router = Operations("/telephony", tags=["telephony"])


class PlaceResult(Value):
    """The PBX parked the call; the place to fetch it from, where the PBX tells it."""

    result: str | None


class MakeCallBody(Body):
    device: Id | None = Field(
        None,
        description="Id of one of your devices; null = your current device, as the chosen profile"
        " says, or the only one that you have.",
        examples=["0199a79e-0c1d-7a44-8d7e-5b1f6d2c9a10"],
    )
    called: Number = Field(examples=["4002"])
    prompt: bool = Field(
        False, description="true: the phone rings first, and dials when it is lifted."
    )
    hide_number: bool | None = Field(
        None,
        description="true: who is called is not told your number; null: as you prefer. Refused"
        " (`numberNotHidden`) where the PBX cannot: see `hidesNumber` of `DeviceValue`.",
    )


@router.post("/makeCall", operation_id="makeCall", responses=DIALLED)
async def make_call(ask: Ask, body: MakeCallBody) -> Response:
    """Call a number from one of your devices."""
    return await ask(
        lambda key: ask.telephony.make_call(
            ask.actor,
            ask.device(body.device),
            body.called,
            prompt=body.prompt,
            hide_number=body.hide_number,
            key=key,
        ),
        number="called",
    )


@router.post("/answerCall", operation_id="answerCall", responses=NOTHING)
async def answer_call(ask: Ask, body: OnConnection) -> Response:
    """Answer a call that rings."""
    return await ask(lambda key: ask.telephony.answer_call(ask.actor, body.row, body.leg, key=key))


@router.post("/clearConnection", operation_id="clearConnection", responses=NOTHING)
async def clear_connection(ask: Ask, body: OnConnection) -> Response:
    """Hang up, or refuse a call that rings."""
    return await ask(
        lambda key: ask.telephony.clear_connection(ask.actor, body.row, body.leg, key=key)
    )


@router.post("/holdCall", operation_id="holdCall", responses=NOTHING)
async def hold_call(ask: Ask, body: OnConnection) -> Response:
    """Put a call on hold."""
    return await ask(lambda key: ask.telephony.hold_call(ask.actor, body.row, body.leg, key=key))


@router.post("/retrieveCall", operation_id="retrieveCall", responses=NOTHING)
async def retrieve_call(ask: Ask, body: OnConnection) -> Response:
    """Take a held call back."""
    return await ask(
        lambda key: ask.telephony.retrieve_call(ask.actor, body.row, body.leg, key=key)
    )


class ParkCallBody(OnConnection):
    park_to: Number | None = Field(None, examples=["4010"])


@router.post("/parkCall", operation_id="parkCall", responses=described(PlaceResult))
async def park_call(ask: Ask, body: ParkCallBody) -> Response:
    """Leave a call where another telephone can fetch it."""
    return await ask(
        lambda key: ask.telephony.park_call(ask.actor, body.row, body.leg, body.park_to, key=key),
        number="parkTo",
    )


@router.post("/alternateCall", operation_id="alternateCall", responses=NOTHING)
async def alternate_call(ask: Ask, body: OnTwo) -> Response:
    """Hold the active call and take the held one back."""
    return await ask(
        lambda key: ask.telephony.alternate_call(
            ask.actor, body.row, LegId(body.held), LegId(body.active), key=key
        )
    )


@router.post("/transferCall", operation_id="transferCall", responses=CONNECTION)
async def transfer_call(ask: Ask, body: OnTwo) -> Response:
    """Join the parties of both calls, and leave."""
    return await ask(
        lambda key: ask.telephony.transfer_call(
            ask.actor, body.row, LegId(body.held), LegId(body.active), key=key
        )
    )


@router.post("/conferenceCall", operation_id="conferenceCall", responses=CONNECTION)
async def conference_call(ask: Ask, body: OnTwo) -> Response:
    """Join both calls, and stay."""
    return await ask(
        lambda key: ask.telephony.conference_call(
            ask.actor, body.row, LegId(body.held), LegId(body.active), key=key
        )
    )


@router.post("/reconnectCall", operation_id="reconnectCall", responses=NOTHING)
async def reconnect_call(ask: Ask, body: OnTwo) -> Response:
    """Drop the active call and take the held one back."""
    return await ask(
        lambda key: ask.telephony.reconnect_call(
            ask.actor, body.row, LegId(body.active), LegId(body.held), key=key
        )
    )


class ConsultationCallBody(OnDevice):
    existing: Id = Field(examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"])
    consulted: Number = Field(examples=["4003"])
    hide_number: bool | None = Field(None, description="As of `makeCall`.")


@router.post("/consultationCall", operation_id="consultationCall", responses=DIALLED)
async def consultation_call(ask: Ask, body: ConsultationCallBody) -> Response:
    """Hold a call and ask somebody else first."""
    return await ask(
        lambda key: ask.telephony.consultation_call(
            ask.actor,
            body.row,
            LegId(body.existing),
            body.consulted,
            hide_number=body.hide_number,
            key=key,
        ),
        number="consulted",
    )


class SingleStepTransferCallBody(OnDevice):
    active: Id = Field(examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"])
    transferred_to: Number = Field(examples=["4003"])


@router.post(
    "/singleStepTransferCall", operation_id="singleStepTransferCall", responses=CONNECTION
)
async def single_step_transfer_call(ask: Ask, body: SingleStepTransferCallBody) -> Response:
    """Send the other party elsewhere without asking there first."""
    return await ask(
        lambda key: ask.telephony.single_step_transfer_call(
            ask.actor, body.row, LegId(body.active), body.transferred_to, key=key
        ),
        number="transferredTo",
    )


class MoveCallBody(OnConnection):
    to: Id = Field(
        description="Id of another of your devices, on the same PBX.",
        examples=["0199a79e-0c1d-7a44-8d7e-5b1f6d2c9a11"],
    )


@router.post("/moveCall", operation_id="moveCall", responses=CONNECTION)
async def move_call(ask: Ask, body: MoveCallBody) -> Response:
    """Go on with a call at another of your devices: it rings there."""
    return await ask(
        lambda key: ask.handing_on.move_call(
            ask.actor, body.row, body.leg, DeviceRowId(body.to), key=key
        )
    )


class TakeBackCallBody(OnDevice):
    connection: Id = Field(
        description="The leg that rings: that of a `handedOn/` value of the live stream.",
        examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"],
    )


@router.post("/takeBackCall", operation_id="takeBackCall", responses=CONNECTION)
async def take_back_call(ask: Ask, body: TakeBackCallBody) -> Response:
    """Take back a call that you handed on by a single step and that nobody has answered yet."""
    return await ask(
        lambda key: ask.handing_on.take_back_call(
            ask.actor, body.row, LegId(body.connection), key=key
        )
    )


class SingleStepConferenceCallBody(OnDevice):
    active: Id = Field(examples=["0199a7a0-6a52-7f3e-9b1c-3c6a1f0c7d11"])
    joining: Number = Field(examples=["4003"])
    participation: Literal["active", "silent"] = Field(
        "active", description="`silent`: listens, and is not heard."
    )


@router.post(
    "/singleStepConferenceCall", operation_id="singleStepConferenceCall", responses=CONNECTION
)
async def single_step_conference_call(ask: Ask, body: SingleStepConferenceCallBody) -> Response:
    """Bring somebody into the call."""
    return await ask(
        lambda key: ask.telephony.single_step_conference_call(
            ask.actor, body.row, LegId(body.active), body.joining, body.participation, key=key
        ),
        number="joining",
    )


class DeflectCallBody(OnConnection):
    destination: Number = Field(examples=["4003"])


@router.post("/deflectCall", operation_id="deflectCall", responses=NOTHING)
async def deflect_call(ask: Ask, body: DeflectCallBody) -> Response:
    """Send a call that rings elsewhere."""
    return await ask(
        lambda key: ask.telephony.deflect_call(
            ask.actor, body.row, body.leg, body.destination, key=key
        ),
        number="destination",
    )


class DirectedPickupCallBody(OnDevice):
    ringing: Id | None = Field(None, description="The leg that rings; or else:")
    ringing_device: Number | None = Field(
        None,
        description="The number of the telephone that rings, or of a park place.",
        examples=["4003"],
    )


@router.post("/directedPickupCall", operation_id="directedPickupCall", responses=CONNECTION)
async def directed_pickup_call(ask: Ask, body: DirectedPickupCallBody) -> Response:
    """Answer here a call that rings at a colleague's telephone, or fetch one that was parked."""
    ringing = None if body.ringing is None else LegId(body.ringing)
    return await ask(
        lambda key: ask.telephony.directed_pickup_call(
            ask.actor, body.row, ringing, body.ringing_device, key=key
        )
    )


class GroupPickupCallBody(OnDevice):
    group: Text | None = Field(None, description="A pickup group of the PBX, by its number there.")


@router.post("/groupPickupCall", operation_id="groupPickupCall", responses=CONNECTION)
async def group_pickup_call(ask: Ask, body: GroupPickupCallBody) -> Response:
    """Answer here a call that rings in the pickup group."""
    return await ask(
        lambda key: ask.telephony.group_pickup_call(ask.actor, body.row, body.group, key=key)
    )


class GenerateDigitsBody(OnConnection):
    digits: Text = Field(description="0-9, A-D, * and #.", examples=["1234#"])


@router.post("/generateDigits", operation_id="generateDigits", responses=NOTHING)
async def generate_digits(ask: Ask, body: GenerateDigitsBody) -> Response:
    """Send tones to the other parties."""
    return await ask(
        lambda key: ask.telephony.generate_digits(
            ask.actor, body.row, body.leg, body.digits, key=key
        )
    )
