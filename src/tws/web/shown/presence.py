"""How somebody is, as a value: as much of it as is seen."""

from datetime import datetime
from functools import lru_cache
from typing import Annotated

import msgspec

from tws import numbering
from tws.organisation.actor import IntercomGroupId, UserId
from tws.organisation.model import Domain, User
from tws.organisation.shared_device import IntercomGroup
from tws.presence.model import Because, PresenceState, Said, State, TelephoneState
from tws.presence.service import Seen
from tws.presence.telephones import Telephone, telephone
from tws.rules.model import Presence
from tws.telephony.model import (
    Call,
    CallOrigin,
    Connection,
    DeviceId,
    Direction,
    ForwardingType,
    LinkId,
)
from tws.web.shown.calendars import CalendarStateValue, calendar_state
from tws.web.shown.calls import PartyValue, QueueValue, parties_overseen, queue_value
from tws.web.shown.devices import ForwardingValue, forwarding
from tws.web.shown.known import Known
from tws.web.shown.photos import photo_address
from tws.web.shown.rules import rule_value
from tws.web.shown.values import Value

_display = lru_cache(20_000)(numbering.display)
"Of telephones that are listed again and again."


class OwnWordsValue(Value):
    """What somebody says."""

    state: Annotated[
        PresenceState | None,
        msgspec.Meta(description="Null: nothing; it is as telephone, calendar and pages have it."),
    ]
    message: str
    since: datetime
    until: Annotated[
        datetime | None, msgspec.Meta(description="Null: until it is said otherwise.")
    ]


class SupervisedCallValue(Value):
    """A call of somebody else's."""

    connection: Annotated[str, msgspec.Meta(description="The leg.")]
    direction: Direction
    since: datetime
    queue: QueueValue | None
    parties: list[PartyValue]


class TelephonePresenceValue(Value):
    """What somebody's telephones do."""

    state: TelephoneState
    since: Annotated[
        datetime | None, msgspec.Meta(description="Since when it rings, or is in use.")
    ]
    do_not_disturb: bool
    forwarding: Annotated[
        ForwardingValue | None,
        msgspec.Meta(description="The one that takes most calls away; null = none is active."),
    ]
    intercept: Annotated[
        str | None,
        msgspec.Meta(
            description="What rings and may be taken: the leg that `directedPickupCall` is given."
        ),
    ]
    calls: Annotated[
        list[SupervisedCallValue] | None,
        msgspec.Meta(description="Of its state; null = it is not shown with whom."),
    ]


class SupervisedTelephoneValue(Value):
    """A telephone of nobody's: of a door, or a workshop."""

    group: Annotated[str, msgspec.Meta(description="Id of the intercom group that supervises it.")]
    group_name: str
    number: str
    display: str
    state: TelephoneState
    since: Annotated[
        datetime | None, msgspec.Meta(description="Since when it rings, or is in use.")
    ]
    do_not_disturb: bool


class ColleagueValue(Value):
    """A user whose telephone you see."""

    user: Annotated[str, msgspec.Meta(description="Id; that of the contact, too.")]
    display_name: str
    first_name: str
    last_name: str
    number: Annotated[str | None, msgspec.Meta(description="Of the first telephone.")]
    display: str | None
    domain: Annotated[str, msgspec.Meta(description="Its name.")]
    photo: str | None


class FirstRuleValue(Value):
    """The first forwarding rule of somebody that is switched on."""

    origin: CallOrigin
    presences: list[Presence]
    type: ForwardingType
    display: Annotated[str, msgspec.Meta(description="Where it leads, as people read it.")]
    name: Annotated[str | None, msgspec.Meta(description="Of the colleague it leads to.")]
    seconds: Annotated[
        int, msgspec.Meta(description="After which a call that nobody answers is forwarded.")
    ]


class PresenceValue(Value):
    """How somebody is. What is null is not known, or not shown to who asks."""

    user: Annotated[str, msgspec.Meta(description="Id.")]
    display_name: str
    state: State
    because: Annotated[Because, msgspec.Meta(description="What the state was taken from.")]
    said: OwnWordsValue | None
    page: Annotated[bool | None, msgspec.Meta(description="Whether a page of theirs is open.")]
    telephone: TelephonePresenceValue | None
    calendar: CalendarStateValue | None
    rule: Annotated[
        FirstRuleValue | None,
        msgspec.Meta(description="To secretaries only; null = there is none, or it is not shown."),
    ]
    chat: Annotated[bool, msgspec.Meta(description="You may write to each other.")]


def presence(known: Known, seen: Seen) -> PresenceValue:
    row = known.registry.users[seen.user]
    return PresenceValue(
        user=seen.user,
        display_name=row.display_name,
        state=seen.combined.state,
        because=seen.combined.because,
        said=None if seen.said is None else said_value(seen.said),
        page=seen.page,
        telephone=None if seen.telephone is None else _telephone(known, seen, seen.telephone),
        calendar=None if seen.calendar is None else calendar_state(known.registry, seen.calendar),
        chat=seen.way.chat,
        rule=_rule(known, seen.user) if seen.way.rule else None,
    )


def _rule(known: Known, user: UserId) -> FirstRuleValue | None:
    first = known.rules.first_active(user)
    if first is None:
        return None
    shown = rule_value(known, first)
    return FirstRuleValue(
        origin=shown.origin,
        presences=shown.presences,
        type=shown.type,
        display=shown.display,
        name=shown.name,
        seconds=known.forwarder.seconds(user),
    )


def supervised(known: Known, group: IntercomGroup, number: str) -> SupervisedTelephoneValue | None:
    """None while it has no link."""
    domain = known.registry.domains.get(group.domain)
    if group.link is None or domain is None:
        return None
    link, device = LinkId(group.link), DeviceId(number)
    at = (known.state.device(link, device), known.state.calls_of(link, device))
    phone = telephone([at])
    assert phone is not None
    return SupervisedTelephoneValue(
        group=group.id,
        group_name=group.name,
        number=number,
        display=_display(number, domain),
        state=phone.state,
        since=phone.since,
        do_not_disturb=phone.do_not_disturb,
    )


def colleague(known: Known, user: User) -> ColleagueValue:
    domain = known.registry.domains.get(user.domain)
    devices = sorted(known.registry.devices_of(user.id), key=lambda one: (one.number, one.id))
    number = devices[0].number if devices else None
    shown = None if number is None or domain is None else _display(number, domain)
    return ColleagueValue(
        user=user.id,
        display_name=user.display_name,
        first_name=user.first_name,
        last_name=user.last_name,
        number=number,
        display=shown,
        domain="" if domain is None else domain.name,
        photo=photo_address(user.id, user.photo),
    )


def said_value(said: Said) -> OwnWordsValue:
    return OwnWordsValue(
        state=said.state, message=said.message, since=said.since, until=said.until
    )


def _telephone(known: Known, seen: Seen, phone: Telephone) -> TelephonePresenceValue:
    domain = known.registry.domains.get(known.registry.users[seen.user].domain)
    calls, group = None, seen.way.group
    if group is not None and domain is not None:
        calls = [_call(known, call, own, domain, group) for call, own in phone.legs]
    return TelephonePresenceValue(
        state=phone.state,
        since=phone.since,
        do_not_disturb=phone.do_not_disturb,
        forwarding=_forwarding(seen, phone, domain),
        intercept=_ringing(seen, phone),
        calls=calls,
    )


def _forwarding(seen: Seen, phone: Telephone, domain: Domain | None) -> ForwardingValue | None:
    """That there is one is seen with the telephone. Where it leads, outside the company, is for
    those alone who see the rules of its owner: it may be a mobile of his own."""
    if phone.forwarding is None:
        return None
    shown, to = forwarding(phone.forwarding, domain), phone.forwarding.destination or ""
    inside = domain is not None and len(to) <= domain.internal_length
    if inside or seen.way.rule or seen.way.own:
        return shown
    return msgspec.structs.replace(shown, destination=None, display=None)


def _ringing(seen: Seen, phone: Telephone) -> str | None:
    rings = seen.way.intercept and phone.state is TelephoneState.RINGING
    return phone.legs[0][1].leg if rings and phone.legs else None


def _call(
    known: Known, call: Call, own: Connection, domain: Domain, group: IntercomGroupId
) -> SupervisedCallValue:
    return SupervisedCallValue(
        connection=own.leg,
        direction=own.direction,
        since=own.answered or own.alerted or own.created,
        queue=queue_value(known, call),
        parties=parties_overseen(known, call, own, domain, group),
    )
