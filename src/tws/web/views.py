"""What each actor sees, as values by key. Pure functions of what is in memory.

A *scope* is a part of the state that is watched as a whole: a device, its calls, a link. Rights
decide which scopes an actor has; the content of a scope is the same for all who have it, so that
it is made and encoded once. The whole view of an actor is the union of their scopes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from tws import numbering
from tws.naming import Names
from tws.organisation.actor import Actor, AdministratorId, Application, DeviceRowId, UserId
from tws.organisation.model import Domain, Link, UserDevice
from tws.organisation.registry import Registry
from tws.telephony.model import (
    Call,
    Connection,
    ConnectionState,
    DeviceId,
    Direction,
    Forwarding,
    LegId,
    LinkId,
    LinkState,
    MonitorState,
    Party,
)
from tws.telephony.state import TelephonyState
from tws.web.values import (
    AdministratorValue,
    AnyValue,
    ByValue,
    CallValue,
    DeviceStateValue,
    DeviceValue,
    DomainName,
    ForwardingKind,
    ForwardingValue,
    LinkName,
    LinkValue,
    MeValue,
    PartyValue,
    QueueValue,
    ViaValue,
)

USES_TELEPHONY = frozenset({Application.CALLER, Application.TOOLKIT})
"Applications with which a user sees and controls their devices."


_display = lru_cache(4096)(numbering.display)
"A number is shown again at each step of its call."


@dataclass(frozen=True, slots=True)
class Known:
    """What is in memory, for reading."""

    registry: Registry
    state: TelephonyState
    names: Names


class Kind(StrEnum):
    USER = "user"
    ADMINISTRATOR = "administrator"
    DEVICE = "device"
    CALLS = "calls"
    LINK = "link"
    DEVICE_STATE = "device state"


class Scope(NamedTuple):
    """One part of the state; `id` is the row id of the user, administrator, device or link."""

    kind: Kind
    id: str


Values = dict[str, AnyValue]


def scopes(known: Known, actor: Actor) -> list[Scope]:
    """What `actor` may see now."""
    if actor.user is not None:
        found = [Scope(Kind.USER, actor.user)]
        for row in devices_of(known, actor):
            found += [Scope(Kind.DEVICE, row.id), Scope(Kind.CALLS, row.id)]
        return found
    if actor.administrator is None:
        return []
    registry = known.registry
    return [
        Scope(Kind.ADMINISTRATOR, actor.administrator),
        *(Scope(Kind.LINK, x.id) for x in registry.links.values() if actor.manages(x.company)),
        *(
            Scope(Kind.DEVICE_STATE, x.id)
            for x in registry.devices.values()
            if actor.manages(x.company)
        ),
    ]


def devices_of(known: Known, actor: Actor) -> Sequence[UserDevice]:
    """The devices that `actor` sees and controls as their own."""
    if actor.user is None or not actor.applications & USES_TELEPHONY:
        return ()
    return known.registry.devices_of(actor.user)


def values(known: Known, scope: Scope) -> Values:
    """The present content of a scope; empty when the thing is no more."""
    return _CONTENT[scope.kind](known, scope.id)


# ---------------------------------------------------------------- who


def _user(known: Known, id: str) -> Values:
    value = user(known, UserId(id))
    return {} if value is None else {"me": value}


def user(known: Known, id: UserId) -> MeValue | None:
    """Who a user is."""
    registry = known.registry
    row = registry.users.get(id)
    domain = None if row is None else registry.domains.get(row.domain)
    company = None if row is None else registry.companies.get(row.company)
    if row is None or domain is None or company is None:
        return None
    return MeValue(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        culture=row.culture,
        company=company.name,
        domain=DomainName(id=domain.id, name=domain.name, time_zone=domain.time_zone),
        applications=sorted(registry.applications(row.id)),
    )


def _administrator(known: Known, id: str) -> Values:
    value = administrator(known, AdministratorId(id))
    return {} if value is None else {"me": value}


def administrator(known: Known, id: AdministratorId) -> AdministratorValue | None:
    """Who an administrator is."""
    if (row := known.registry.administrators.get(id)) is None:
        return None
    return AdministratorValue(
        id=row.id,
        username=row.username,
        super_user=row.super_user,
        companies=None if row.super_user else sorted(row.companies),
    )


# ---------------------------------------------------------------- devices and links


def _device(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None or (value := device(known, row)) is None:
        return {}
    return {f"device/{row.id}": value}


def device(known: Known, row: UserDevice) -> DeviceValue | None:
    """A device for its user. None while its link's row is unknown."""
    if (link := known.registry.links.get(row.link)) is None:
        return None
    on, number = LinkId(row.link), DeviceId(row.number)
    now = known.state.device(on, number)
    forwardings = now.forwardings if now is not None else None
    kinds = known.state.forwardings(on, number)
    return DeviceValue(
        id=row.id,
        number=row.number,
        label=row.label,
        link=_link_name(known, link),
        state=now.state if now is not None else MonitorState.LINK_DOWN,
        reason=now.reason if now is not None else None,
        forwardings=None if forwardings is None else [forwarding(x) for x in forwardings],
        do_not_disturb=now.do_not_disturb if now is not None else None,
        messages_waiting=now.messages_waiting if now is not None else None,
        operations=sorted(known.state.operations(on, number)),
        forwarding_types=[ForwardingKind(type=t, origin=o) for t, o in sorted(kinds)],
    )


def forwarding(given: Forwarding) -> ForwardingValue:
    return ForwardingValue(
        type=given.type,
        origin=given.origin,
        active=given.active,
        destination=given.destination,
        ring_count=given.ring_count,
        ring_duration=given.ring_duration,
    )


def _link_name(known: Known, link: Link) -> LinkName:
    status = known.state.link(LinkId(link.id))
    return LinkName(
        id=link.id,
        name=link.name,
        state=status.state if status is not None else LinkState.DOWN,
        why=status.why if status is not None else None,
        since=status.since if status is not None else None,
    )


def _link(known: Known, id: str) -> Values:
    if (link := known.registry.links.get(id)) is None:
        return {}
    return {f"link/{link.id}": link_state(known, link)}


def link_state(known: Known, link: Link) -> LinkValue:
    """A link for administrators."""
    status = known.state.link(LinkId(link.id))
    return LinkValue(
        id=link.id,
        name=link.name,
        dialect=link.dialect,
        company=link.company,
        domain=link.domain,
        enabled=link.enabled,
        state=status.state if status is not None else LinkState.DOWN,
        why=status.why if status is not None else None,
        since=status.since if status is not None else None,
        version=status.version if status is not None else None,
        monitored=status.monitored if status is not None else 0,
        waiting=status.waiting if status is not None else 0,
        capacity=link.capacity,
    )


def _device_state(known: Known, id: str) -> Values:
    if (row := known.registry.devices.get(DeviceRowId(id))) is None:
        return {}
    return {f"device/{row.id}": device_state(known, row)}


def device_state(known: Known, row: UserDevice) -> DeviceStateValue:
    """A device for administrators."""
    now = known.state.device(LinkId(row.link), DeviceId(row.number))
    return DeviceStateValue(
        id=row.id,
        number=row.number,
        user=row.user,
        link=row.link,
        state=now.state if now is not None else MonitorState.LINK_DOWN,
        reason=now.reason if now is not None else None,
    )


# ---------------------------------------------------------------- calls


def _calls(known: Known, id: str) -> Values:
    row = known.registry.devices.get(DeviceRowId(id))
    if row is None:
        return {}
    return {f"call/{value.connection}": value for value in calls(known, row)}


def calls(known: Known, row: UserDevice) -> list[CallValue]:
    """The legs of a device, oldest first."""
    number, domain = DeviceId(row.number), known.registry.domains.get(row.domain)
    if domain is None:
        return []
    return [
        _leg(known, row, domain, call, own)
        for call in known.state.calls_of(LinkId(row.link), number)
        if (own := call.connections.get(number)) is not None
        and own.state is not ConnectionState.NULL
    ]


def _leg(known: Known, row: UserDevice, domain: Domain, call: Call, own: Connection) -> CallValue:
    queue, via = call.queue, own.via
    return CallValue(
        connection=own.leg,
        thread=call.thread,
        device=row.id,
        call_id=call.id,
        state=own.state,
        direction=own.direction,
        created=own.created,
        since=own.since,
        alerted=own.alerted,
        answered=own.answered,
        late=own.late,
        conference=call.conference,
        failure=call.failure,
        queue=None if queue is None else QueueValue(number=queue.number, name=queue.name),
        via=None
        if via is None
        else ViaValue(cause=via.cause, by=_by(known, own.leg, via.by, domain)),
        parties=_parties(known, call, own, domain),
        operations=sorted(known.state.permitted(call, own)),
    )


def _by(known: Known, leg: LegId, party: Party, domain: Domain) -> ByValue | None:
    shown = _party(known, leg, party, None, domain)
    if shown.number is None and shown.name is None:
        return None
    return ByValue(number=shown.number, name=shown.name, display=shown.display)


def _parties(known: Known, call: Call, own: Connection, domain: Domain) -> list[PartyValue]:
    others = call.others(own.id.device)
    if others:
        return [_party(known, own.leg, _presented(call, x), x.state, domain) for x in others]
    # Nobody else is in it yet: dialling, or a snapshot that tells numbers only.
    given = call.called if own.direction is Direction.OUTGOING else call.calling
    if given.number is None and given.name is None and not given.restricted:
        return []
    return [_party(known, own.leg, given, None, domain)]


def _presented(call: Call, other: Connection) -> Party:
    """The caller's own connection may name a number that the call itself withholds."""
    if other.direction is Direction.OUTGOING and call.calling.restricted:
        return call.calling
    return other.party


def _party(
    known: Known, leg: LegId, party: Party, state: ConnectionState | None, domain: Domain
) -> PartyValue:
    if party.restricted:
        return PartyValue(
            number=None,
            display=None,
            name=None,
            company=None,
            contact=None,
            state=state,
            restricted=True,
        )
    match = None if party.number is None else known.names.of(leg, party.number)
    return PartyValue(
        number=party.number,
        display=None if party.number is None else _display(party.number, domain),
        name=match.name if match is not None else party.name,
        company=(match.company or None) if match is not None else None,
        contact=match.contact.id if match is not None else None,
        state=state,
        restricted=False,
    )


_CONTENT: Mapping[Kind, Callable[[Known, str], Values]] = {
    Kind.USER: _user,
    Kind.ADMINISTRATOR: _administrator,
    Kind.DEVICE: _device,
    Kind.CALLS: _calls,
    Kind.LINK: _link,
    Kind.DEVICE_STATE: _device_state,
}
