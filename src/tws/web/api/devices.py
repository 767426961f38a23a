"""The user's devices and calls at this moment: what the live stream tells, asked for once."""

from fastapi import Response

from tws.web.answers import answer, answers
from tws.web.identity import InKnown, User
from tws.web.live.views.telephony import devices_of
from tws.web.operation import Operations
from tws.web.shown.calls import CallValue, calls
from tws.web.shown.devices import DeviceValue, device

router = Operations(tags=["calls"])


@router.get(
    "/devices",
    operation_id="listDevices",
    responses=answers(list[DeviceValue], "notSignedIn", "notAllowed"),
)
async def list_devices(known: InKnown, actor: User) -> Response:
    """Your devices: number, state, forwarding, and what the PBX offers for each."""
    found = [device(known, row) for row in devices_of(known, actor)]
    return answer([value for value in found if value is not None])


@router.get(
    "/calls",
    operation_id="listCalls",
    responses=answers(list[CallValue], "notSignedIn", "notAllowed"),
)
async def list_calls(known: InKnown, actor: User) -> Response:
    """Your calls now: one entry for each device of yours in a call."""
    return answer([value for row in devices_of(known, actor) for value in calls(known, row)])
