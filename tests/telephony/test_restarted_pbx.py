"""A PBX that was restarted gives its ids anew: no leg of before is taken for one of now.

Between two calls that differ in nothing but the time nobody can choose; everything else is found
out, whichever of those in the new call is asked or heard first. Where the PBX lives on, so do
legs.
"""

import asyncio
from collections.abc import Coroutine
from operator import eq
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.telephony.paper import PaperLink
from tests.telephony.words import A, B, C, Told, conn, party
from tws.telephony.commands import ClearConnection, CommandId, MonitorStart, SnapshotDevice
from tws.telephony.event_reports import (
    LINK_DOWN,
    CallEvent,
    Delivered,
    Established,
    Held,
    Originated,
)
from tws.telephony.events import CallChanged
from tws.telephony.model import (
    Cause,
    ConnectionState,
    DeviceId,
    LegId,
    SnapshotConnection,
)
from tws.telephony.requests import Refusal

S = ConnectionState
D, E = DeviceId("4004"), DeviceId("4005")
DEVICES = (A, B, C, D, E)


def begins(call: str, caller: DeviceId, called: DeviceId) -> list[CallEvent]:
    calling, to = party(caller), party(called)
    rings = conn(call, called)
    return [
        Originated(connection=conn(call, caller), calling=calling, called=to),
        Delivered(connection=rings, party=to, calling=calling, called=to),
    ]


def answered(call: str, caller: DeviceId, called: DeviceId) -> CallEvent:
    calling, to = party(caller), party(called)
    return Established(connection=conn(call, called), party=to, calling=calling, called=to)


def shows(
    call: str, caller: DeviceId, called: DeviceId, *, talking: bool = True
) -> dict[DeviceId, SnapshotConnection]:
    """What both of those in a call are shown as."""
    far = S.CONNECTED if talking else S.ALERTING
    calling, to = party(caller), party(called)
    here, there = (called, far, to), (caller, S.CONNECTED, calling)
    return {
        caller: SnapshotConnection(conn(call, caller), S.CONNECTED, (here,), calling, to),
        called: SnapshotConnection(conn(call, called), far, (there,), calling, to),
    }


def has(link: PaperLink, *calls: dict[DeviceId, SnapshotConnection]) -> None:
    """What the PBX has from now on."""
    for device in DEVICES:
        link.driver.calls[device] = tuple(call[device] for call in calls if device in call)


async def talking(*calls: tuple[str, DeviceId, DeviceId]) -> PaperLink:
    link = PaperLink()
    await link.start(*DEVICES)
    for call in calls:
        link.report(*begins(*call), answered(*call))
    has(link, *(shows(*call) for call in calls))
    return link


def legs(link: PaperLink) -> dict[tuple[str, DeviceId], LegId]:
    return {
        (call.id, device): connection.leg
        for call in link.supervisor.table.calls.values()
        for device, connection in call.connections.items()
    }


def whole(link: PaperLink) -> Told:
    """All that was told, in order: no leg ends twice, vanishes or comes back."""
    told = Told()
    for change in link.told(CallChanged):
        told.take(change, DEVICES)
    return told


# ---------------------------------------------------------------- snapshots


async def test_the_caller_of_a_new_call_is_asked_before_the_one_who_had_its_id() -> None:
    """B, who had another call, is asked before C, who had a call of this id with A."""
    link = await talking(("1", A, C), ("2", B, D))
    before = legs(link)
    link.cut()
    has(link, shows("1", B, C))
    link.connect()
    now = legs(link)
    assert set(now) == {("1", B), ("1", C)}
    assert not set(now.values()) & set(before.values())
    assert set(whole(link).ended) == set(before.values())
    (call,) = link.supervisor.table.calls.values()
    assert (call.calling.number, call.called.number) == (B, C)


def run(example: Coroutine[Any, Any, None]) -> None:
    asyncio.run(example)


pairs = st.lists(st.sampled_from(DEVICES), min_size=4, max_size=4, unique=True).map(
    lambda d: [(d[0], d[1]), (d[2], d[3])]
)
lives = st.lists(pairs.flatmap(lambda p: st.sampled_from([p, p[:1]])), min_size=2, max_size=2)
Life = list[tuple[DeviceId, DeviceId]]


@given(lives=lives, rings=st.booleans(), reached=st.sampled_from(["before", "after", "slowly"]))
@example(lives=[[(A, C), (B, D)], [(B, C), (D, A)]], rings=False, reached="before")
@example(lives=[[(A, C), (B, D)], [(B, C), (D, A)]], rings=False, reached="slowly")
def test_each_call_after_a_restart_has_legs_of_its_own(
    lives: list[Life], rings: bool, reached: str
) -> None:
    """New calls begin before the link is up, once all is heard, or while it is asked."""
    old, new = lives
    # What differs in nothing cannot be told apart; but who talked does not begin to ring.
    assume(rings or reached != "before" or not any(map(eq, old, new)))

    async def example() -> None:
        link = await talking(*((str(n), *pair) for n, pair in enumerate(old, 1)))
        before = set(legs(link).values())
        link.cut()
        has(link)
        calls = [(str(n), *pair) for n, pair in enumerate(new, 1)]
        if reached == "before":
            has(link, *(shows(*call, talking=not rings) for call in calls))
        link.driver.slow = reached == "slowly"
        link.connect()
        for device in DEVICES if reached == "slowly" else ():
            link.answer(MonitorStart, device)
        if reached != "before":
            has(link, *(shows(*call, talking=not rings) for call in calls))
            for call in calls:
                link.report(*begins(*call), *([] if rings else [answered(*call)]))
        for device in DEVICES if reached == "slowly" else ():
            link.answer(SnapshotDevice, device)
        now = legs(link)
        assert set(now) == {(call, device) for call, *pair in calls for device in pair}
        assert not before & set(now.values())
        told = whole(link)
        assert set(told.ended) == before
        assert set(told.ended.values()) <= {Cause.END_NOT_SEEN}
        assert set(told.open) == set(now.values())

    run(example())


@given(
    calls=pairs,
    went_on=st.booleans(),
    heard=st.booleans(),
)
def test_calls_that_live_through_a_cut_keep_their_legs(
    calls: Life, went_on: bool, heard: bool
) -> None:
    """Whether they rang at first and are answered now, and whether an event tells it first."""

    async def example() -> None:
        link = PaperLink()
        await link.start(*DEVICES)
        named = [(str(n), *pair) for n, pair in enumerate(calls, 1)]
        for call in named:
            link.report(*begins(*call), *([answered(*call)] if not went_on else []))
        before = legs(link)
        link.cut()
        has(link, *(shows(*call) for call in named))
        link.driver.slow = True
        link.connect()
        for device in DEVICES:
            link.answer(MonitorStart, device)
        for call in named if heard else ():
            link.report(answered(*call) if went_on else Held(connection=conn(*call[:2])))
        for device in DEVICES:
            link.answer(SnapshotDevice, device)
        assert legs(link) == before
        assert whole(link).ended == {}

    run(example())


# ---------------------------------------------------------------- commands


async def test_a_click_for_a_call_of_before_is_not_done_to_the_one_that_has_its_id_now() -> None:
    link = await talking(("1", A, B), ("2", C, D))
    link.cut()
    has(link, shows("1", E, B))
    link.driver.slow = True
    link.connect()
    hangs_up = ClearConnection(id=CommandId("click"), device=B, connection=conn("1", B))
    with pytest.raises(Refusal) as refused:
        await link.supervisor.request(hangs_up)
    assert refused.value.cause == LINK_DOWN
    for kind in (MonitorStart, SnapshotDevice):
        for device in DEVICES:
            link.answer(kind, device)
    assert not any(isinstance(one, ClearConnection) for one in link.driver.asked)
    link.supervisor.ask(hangs_up)  # the page shows the new call, whose leg was clicked now
    assert link.driver.asked[-1] == hangs_up


async def test_a_click_is_done_as_soon_as_its_call_is_known_to_go_on() -> None:
    link = await talking(("1", A, B), ("2", C, D))
    link.cut()
    link.driver.slow = True
    link.connect()
    for kind in (MonitorStart, SnapshotDevice):
        link.answer(kind, A)  # the first of five: who is with A is told by it, too
    for device in (A, B):
        hangs_up = ClearConnection(
            id=CommandId(device), device=device, connection=conn("1", device)
        )
        link.supervisor.ask(hangs_up)
        assert link.driver.asked[-1] == hangs_up


async def test_a_click_is_done_where_the_pbx_will_not_say_whether_the_call_goes_on() -> None:
    link = await talking(("1", A, B))
    link.cut()
    link.driver.untold = {A: "resourceBusy", B: "resourceBusy"}
    link.connect()
    hangs_up = ClearConnection(id=CommandId("click"), device=A, connection=conn("1", A))
    link.supervisor.ask(hangs_up)
    assert link.driver.asked[-1] == hangs_up
