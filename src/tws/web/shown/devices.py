"""Devices and links as values."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from tws.numbering import display
from tws.organisation.device_protocols import CTI
from tws.organisation.listening import Holder, places
from tws.organisation.model import Domain, Link, UserDevice
from tws.organisation.shared_device import Queue
from tws.telephony.model import (
    CallOrigin,
    DeviceId,
    Forwarding,
    ForwardingType,
    LinkId,
    LinkState,
    MonitorState,
)
from tws.web.shown.known import Known
from tws.web.shown.sentences import SentenceValue, sentence_value
from tws.web.shown.values import Value

Why = Annotated[
    SentenceValue | None, msgspec.Meta(description="What pages say for `why` in their language.")
]


class LinkName(Value):
    """The PBX link of a device, and how it is."""

    id: str
    name: str
    state: LinkState
    why: str | None
    sentence: Why
    since: datetime | None


class ForwardingValue(Value):
    """One forwarding of a device."""

    type: ForwardingType
    origin: CallOrigin
    active: bool
    destination: str | None
    display: Annotated[
        str | None, msgspec.Meta(description="`destination`, grouped as people read it.")
    ]
    ring_count: Annotated[int | None, msgspec.Meta(description="Where the PBX counts rings.")]
    ring_duration: Annotated[
        int | None, msgspec.Meta(description="Seconds; where the PBX counts rings, about.")
    ]


class ForwardingKind(Value):
    """A forwarding that can be set on this device."""

    type: ForwardingType
    origin: CallOrigin


class DeviceValue(Value):
    """A device of the user. What is null has not been told by the PBX."""

    id: str
    number: str
    label: str
    link: LinkName
    state: MonitorState
    reason: str | None
    forwardings: list[ForwardingValue] | None
    do_not_disturb: bool | None
    messages_waiting: bool | None
    operations: Annotated[
        list[str],
        msgspec.Meta(description="Operation ids that the PBX offers for this device."),
    ]
    forwarding_types: list[ForwardingKind]
    hides_number: Annotated[
        bool, msgspec.Meta(description="`makeCall` can withhold your number from who is called.")
    ]


class LinkValue(Value):
    """A PBX link, for administrators."""

    id: str
    name: str
    dialect: str
    company: Annotated[str, msgspec.Meta(description="Id.")]
    domain: Annotated[str, msgspec.Meta(description="Id.")]
    enabled: bool
    host: Annotated[
        str | None,
        msgspec.Meta(description="Where the PBX is reached; null where it calls this server."),
    ]
    port: int | None
    state: LinkState
    why: str | None
    sentence: Why
    since: datetime | None
    version: Annotated[str | None, msgspec.Meta(description="Product and version of the PBX.")]
    monitored: int
    waiting: Annotated[int, msgspec.Meta(description="Devices that the capacity leaves out.")]
    capacity: int


class HolderKind(StrEnum):
    """Whose a device is."""

    USER = "user"
    QUEUE = "queue"
    INTERCOM_GROUP = "intercomGroup"


class DeviceStateValue(Value):
    """A device as administrators see it: its state, nothing of its calls."""

    id: Annotated[
        str,
        msgspec.Meta(description="Of the device of a user; of others made of row and number."),
    ]
    number: str
    holder_kind: HolderKind
    holder: Annotated[str, msgspec.Meta(description="Id of the user, queue or intercom group.")]
    link: Annotated[str, msgspec.Meta(description="Id.")]
    type: Annotated[
        str | None,
        msgspec.Meta(description="`cti`: controlled by its link; null where it is not known."),
    ]
    voice_mail: Annotated[
        str | None,
        msgspec.Meta(description="Number of its mailbox; null where the PBX has not told."),
    ]
    state: MonitorState
    reason: str | None


def device(known: Known, row: UserDevice) -> DeviceValue | None:
    """A device for its user. None while its link's row is unknown."""
    if (link := known.registry.links.get(row.link)) is None:
        return None
    on, number = LinkId(row.link), DeviceId(row.number)
    now = known.state.device(on, number)
    forwardings = now.forwardings if now is not None else None
    domain = known.registry.domains.get(row.domain)
    kinds = known.state.forwardings(on, number)
    return DeviceValue(
        id=row.id,
        number=row.number,
        label=row.label,
        link=_link_name(known, link),
        state=now.state if now is not None else MonitorState.LINK_DOWN,
        reason=now.reason if now is not None else None,
        forwardings=None if forwardings is None else [forwarding(x, domain) for x in forwardings],
        do_not_disturb=now.do_not_disturb if now is not None else None,
        messages_waiting=now.messages_waiting if now is not None else None,
        operations=sorted(_operations(known, row)),
        forwarding_types=[ForwardingKind(type=t, origin=o) for t, o in sorted(kinds)],
        hides_number=known.state.hides_number(LinkId(row.link), DeviceId(row.number)),
    )


def _operations(known: Known, row: UserDevice) -> frozenset[str]:
    """What the PBX offers for this device, less what its user may not."""
    offered = known.state.operations(LinkId(row.link), DeviceId(row.number))
    if known.presence.sight.supervision.may_pick_up(row.user):
        return offered
    return offered - {"groupPickupCall"}


def forwarding(given: Forwarding, domain: Domain | None) -> ForwardingValue:
    """`domain`: whose numbers they are."""
    to = given.destination
    return ForwardingValue(
        type=given.type,
        origin=given.origin,
        active=given.active,
        destination=to,
        display=to if to is None or domain is None else display(to, domain),
        ring_count=given.ring_count,
        ring_duration=given.ring_duration,
    )


def _link_name(known: Known, link: Link) -> LinkName:
    status = known.state.link(LinkId(link.id))
    why = None if status is None else status.why
    return LinkName(
        id=link.id,
        name=link.name,
        state=status.state if status is not None else LinkState.DOWN,
        why=None if why is None else str(why),
        sentence=None if why is None else sentence_value(why),
        since=status.since if status is not None else None,
    )


def link_state(known: Known, link: Link) -> LinkValue:
    """A link for administrators."""
    address = known.address(link)
    status = known.state.link(LinkId(link.id))
    why = None if status is None else status.why
    return LinkValue(
        id=link.id,
        name=link.name,
        dialect=link.dialect,
        company=link.company,
        domain=link.domain,
        enabled=link.enabled,
        host=address.host if address is not None else None,
        port=address.port if address is not None else None,
        state=status.state if status is not None else LinkState.DOWN,
        why=None if why is None else str(why),
        sentence=None if why is None else sentence_value(why),
        since=status.since if status is not None else None,
        version=status.version if status is not None else None,
        monitored=status.monitored if status is not None else 0,
        waiting=status.waiting if status is not None else 0,
        capacity=link.capacity,
    )


def device_states(known: Known, row: Holder) -> Mapping[str, DeviceStateValue]:
    """The devices of whoever they are for administrators, by id."""
    found = (_device_state(known, row, *place) for place in places(row))
    return {value.id: value for value in found}


def _kind(row: Holder) -> HolderKind:
    if isinstance(row, UserDevice):
        return HolderKind.USER
    return HolderKind.QUEUE if isinstance(row, Queue) else HolderKind.INTERCOM_GROUP


def _device_state(known: Known, row: Holder, link: str, number: str) -> DeviceStateValue:
    now = known.state.device(LinkId(link), DeviceId(number))
    of_user = isinstance(row, UserDevice)
    return DeviceStateValue(
        id=row.id if of_user else f"{row.id}.{number}",
        number=number,
        holder_kind=_kind(row),
        holder=row.user if isinstance(row, UserDevice) else row.id,
        link=link,
        type="cti" if row.protocol in CTI else None,
        voice_mail=now.voice_mail if now is not None else None,
        state=now.state if now is not None else MonitorState.LINK_DOWN,
        reason=now.reason if now is not None else None,
    )
