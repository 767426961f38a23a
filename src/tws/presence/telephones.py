"""What somebody's telephones do, as one. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from tws.presence.model import TelephoneState
from tws.telephony.model import (
    Call,
    Connection,
    ConnectionState,
    Device,
    Direction,
    Forwarding,
    ForwardingType,
    MonitorState,
)

RANK = (
    TelephoneState.RINGING,
    TelephoneState.BUSY,
    TelephoneState.FREE,
    TelephoneState.OUT_OF_SERVICE,
    TelephoneState.UNKNOWN,
)
"Of several telephones the one that does more is looked at."
Leg = tuple[Call, Connection]


class Telephone(Struct, frozen=True, kw_only=True):
    """The telephones of one person."""

    state: TelephoneState
    since: datetime | None = None
    "Since it rings, or is in use."
    do_not_disturb: bool = False
    forwarding: Forwarding | None = None
    "The one that takes most calls away."
    legs: tuple[Leg, ...] = ()
    "Of that state: the calls that ring, or that are held with somebody."


def telephone(devices: Iterable[tuple[Device | None, Sequence[Call]]]) -> Telephone | None:
    """Of each device what the PBX tells, and its calls. None where there is no device."""
    seen = [_one(device, calls) for device, calls in devices]
    if len(seen) < 2:  # as most people have it
        return seen[0] if seen else None
    state = min((one.state for one in seen), key=RANK.index)
    legs = tuple(leg for one in seen if one.state is state for leg in one.legs)
    since = [one.since for one in seen if one.state is state and one.since is not None]
    forwardings = [one.forwarding for one in seen if one.forwarding is not None]
    return Telephone(
        state=state,
        since=min(since, default=None),
        do_not_disturb=any(one.do_not_disturb for one in seen),
        forwarding=min(forwardings, key=_weight, default=None),
        legs=legs,
    )


def _one(device: Device | None, calls: Sequence[Call]) -> Telephone:
    if device is None or device.state not in (MonitorState.MONITORED, MonitorState.OUT_OF_SERVICE):
        return Telephone(state=TelephoneState.UNKNOWN)
    legs = [(call, call.connections[device.id]) for call in calls if device.id in call.connections]
    ringing = tuple(leg for leg in legs if _rings(leg[1]))
    shown = ringing or tuple(legs)
    if ringing:
        state = TelephoneState.RINGING
    elif legs:
        state = TelephoneState.BUSY
    elif device.state is MonitorState.OUT_OF_SERVICE:
        state = TelephoneState.OUT_OF_SERVICE
    else:
        state = TelephoneState.FREE
    active = [one for one in device.forwardings or () if one.active]
    return Telephone(
        state=state,
        since=min((own.answered or own.created for _, own in shown), default=None),
        do_not_disturb=bool(device.do_not_disturb),
        forwarding=min(active, key=_weight, default=None),
        legs=shown,
    )


def _rings(own: Connection) -> bool:
    return own.state is ConnectionState.ALERTING and own.direction is Direction.INCOMING


def _weight(forwarding: Forwarding) -> tuple[int, str, str]:
    """At once before the others, for all calls before some."""
    when = {ForwardingType.IMMEDIATE: 0, ForwardingType.BUSY: 1, ForwardingType.NO_ANSWER: 1}
    whose = {"all": 0, "external": 1, "internal": 2}
    return when[forwarding.type] * 3 + whose[forwarding.origin], forwarding.type, forwarding.origin
