"""A node that is told of a link knows what its owner knows, and may ask as the owner may."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telephony.paper import PaperLink
from tests.telephony.test_calls_properties import DEVICES, WATCHED, events
from tests.telephony.words import B, conn, party
from tws.telephony.commands import Command, CommandId, MakeCall
from tws.telephony.event_reports import (
    ConnectionCleared,
    Delivered,
    DoNotDisturbChanged,
    MessageWaitingChanged,
    OutOfService,
)
from tws.telephony.events import CallChanged, DeviceChanged, LinkStatusChanged
from tws.telephony.known_link import KnownLink, OwnLink
from tws.telephony.model import DeviceId
from tws.telephony.told import LinkSnapshot, Teller, Told
from tws.telephony.told_link import ToldLink

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAKE = MakeCall(id=CommandId("c1"), device=WATCHED[0], called="4002")

changes = st.one_of(
    events.map(lambda event: lambda link: link.report(event)),
    st.sampled_from(WATCHED).map(lambda d: lambda link: link.supervisor.watch(d)),
    st.sampled_from(WATCHED).map(lambda d: lambda link: link.supervisor.unwatch(d)),
    st.sampled_from(WATCHED).map(lambda d: lambda link: link.report(OutOfService(d, "away"))),
    st.tuples(st.sampled_from(WATCHED), st.booleans()).map(
        lambda x: lambda link: link.report(DoNotDisturbChanged(*x))
    ),
    st.tuples(st.sampled_from(WATCHED), st.booleans()).map(
        lambda x: lambda link: link.report(MessageWaitingChanged(*x, mailbox="6001"))
    ),
    st.just(lambda link: link.cut()),
    st.just(lambda link: link.connect()),
)
"What happens to a link; each takes a `PaperLink`."


async def nobody(_: Command[Any]) -> object:
    raise AssertionError("nobody asks")


class Pair:
    """A link, and a node that is told of it, over the wire."""

    def __init__(self) -> None:
        self.link = PaperLink(heard=self._heard)
        self.own = OwnLink(self.link.supervisor)
        self.teller = Teller(self.own)
        self.deaf = False
        self.heard: list[object] = []
        self.told = ToldLink(self.snapshot(), nobody)

    def snapshot(self) -> LinkSnapshot:
        return msgspec.msgpack.decode(
            msgspec.msgpack.encode(self.teller.snapshot()), type=LinkSnapshot
        )

    def _heard(self, event: object) -> None:
        told = self.teller.told(event)
        if told is not None and not self.deaf:
            read: Told = msgspec.msgpack.decode(msgspec.msgpack.encode(told), type=Told)
            self.heard += self.told.take(read)

    def same(self) -> None:
        assert view(self.told) == view(self.own)


def view(link: KnownLink) -> dict[str, Any]:
    """By every question that can be asked."""
    calls = link.open.calls
    return {
        "status": link.status,
        "devices": dict(link.devices),
        "calls": calls,
        "of": {d: {call.id for call in link.open.of(d)} for d in DEVICES},
        "legs": {
            each.leg: link.open.leg(each.leg)
            for call in calls.values()
            for each in call.connections.values()
        },
        "parked": dict(link.parked),
        "can": {
            d: (link.commands(d), link.forwardings(d), link.hides_number(d)) for d in link.devices
        },
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(changes, max_size=30), st.integers(0, 30), st.integers(0, 10))
async def test_whatever_happens_both_know_the_same(
    sequence: list[Callable[[PaperLink], None]], late: int, missed: int
) -> None:
    """What was missed is made good by a snapshot, and its events tell all that it changed."""
    pair = Pair()
    await pair.link.start(*WATCHED[:2])
    pair.same()
    for number, change in enumerate(sequence):
        pair.deaf = late <= number < late + missed
        change(pair.link)
        if number == late + missed:
            before = view(pair.told)
            followed = pair.told.begin(pair.snapshot(), NOW)
            assert bool(followed) or before == view(pair.told)
        if not late <= number < late + missed:
            pair.same()


async def test_a_call_whose_end_was_missed_ends_unseen() -> None:
    pair = Pair()
    await pair.link.start(*WATCHED[:2])
    pair.link.report(
        Delivered(connection=conn("1", B), calling=party("0612345678"), called=party(B))
    )
    pair.deaf = True
    pair.link.report(ConnectionCleared(connection=conn("1", B)))
    assert pair.told.open.calls and not pair.own.open.calls
    followed = pair.told.begin(pair.snapshot(), NOW)
    (over,) = [event for event in followed if isinstance(event, CallChanged)]
    assert over.call.over and [end.connection.id.device for end in over.ended] == [B]
    assert any(isinstance(event, LinkStatusChanged) for event in followed)
    assert not any(isinstance(event, DeviceChanged) for event in followed)


async def test_the_owner_is_asked() -> None:
    asked: list[Command[Any]] = []

    async def ask(command: Command[Any]) -> object:
        asked.append(command)
        return conn("1", WATCHED[0])

    pair = Pair()
    told = ToldLink(pair.snapshot(), ask)
    assert await told.request(MAKE) == conn("1", WATCHED[0]) and asked == [MAKE]


async def test_an_unknown_device_can_nothing() -> None:
    told, device = Pair().told, DeviceId("4999")
    assert told.commands(device) == frozenset() == told.forwardings(device)
    assert not told.hides_number(device)
