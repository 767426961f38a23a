"""Short names for what the PBX on paper reports."""

from tws.telephony.event_reports import (
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Originated,
)
from tws.telephony.model import CallId, Cause, ConnectionId, DeviceId, Party

OUTSIDE = "00155171889"
"As a French PBX gives an outside caller's number: the prefix first."


def at(call: str, device: str) -> ConnectionId:
    return ConnectionId(CallId(call), DeviceId(device))


def rings(call: str, device: str, caller: str = OUTSIDE, *, restricted: bool = False) -> Delivered:
    """A call from `caller` rings at `device`."""
    calling = Party(number=caller, restricted=restricted)
    return Delivered(connection=at(call, device), calling=calling, called=Party(device))


def handed_on(call: str, device: str, *, by: str) -> Delivered:
    """A call from outside rings at `device`, since `by` has sent it there by a single step."""
    return Delivered(
        connection=at(call, device),
        calling=Party(OUTSIDE),
        called=Party(device),
        last_redirection=Party(by),
        cause=Cause.SINGLE_STEP_TRANSFER,
    )


def answered(call: str, device: str) -> Established:
    return Established(connection=at(call, device))


def dials(call: str, device: str, called: str) -> Originated:
    return Originated(connection=at(call, device), calling=Party(device), called=Party(called))


def ends(call: str, device: str) -> ConnectionCleared:
    return ConnectionCleared(connection=at(call, device), cause="normalClearing")


def parked(call: str, device: str, place: str) -> Diverted:
    """`device` leaves the call at a park place."""
    return Diverted(connection=at(call, device), destination=Party(place), cause=Cause.PARK)
