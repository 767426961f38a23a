"""Whatever a PBX sends, in whatever order: who waits is there once, whoever gave up is not."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.telephony.test_calls_properties import events
from tests.telephony.words import Table, conn, party
from tws.organisation.actor import QueueId
from tws.queues.table import QueueTable
from tws.telephony.event_reports import (
    CallCleared,
    CallEvent,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Held,
    Moved,
    Originated,
    Queued,
    Transferred,
)
from tws.telephony.model import CallId, Cause, DeviceId, LinkId, Party

RECEPTION, AGENT, OTHER = DeviceId("7000"), DeviceId("4001"), DeviceId("4002")
CALLER = party("0155171889")
QUEUE = QueueId("reception")


def queue_at(link: str, number: str) -> QueueId | None:
    return QUEUE if number in (RECEPTION, "4003") else None


class Desk:
    def __init__(self) -> None:
        self.calls = Table(RECEPTION, AGENT, OTHER, DeviceId("4003"))
        self.queues = QueueTable(queue_at)

    def take(self, *events: CallEvent) -> None:
        for event in events:
            for change in self.calls.take(event):
                self.queues.take(change)

    def enters(self, call: str, back_from: DeviceId | None = None) -> None:
        last = None if back_from is None else party(back_from)
        self.take(Queued(connection=conn(call, RECEPTION), calling=CALLER, last_redirection=last))

    def given_to(self, call: str, agent: DeviceId) -> None:
        self.take(
            Diverted(
                connection=conn(call, RECEPTION),
                destination=party(agent),
                cause=Cause.DISTRIBUTED,
            ),
            Delivered(
                connection=conn(call, agent),
                calling=CALLER,
                last_redirection=party(RECEPTION),
                cause=Cause.DISTRIBUTED,
            ),
        )

    def waiting(self) -> list[str]:
        return [one.call.id for one in self.queues.of(QUEUE) if one.waits]


def test_who_came_first_is_first_though_he_rang_somewhere_meanwhile() -> None:
    desk = Desk()
    desk.enters("1")
    desk.enters("2")
    desk.given_to("1", AGENT)
    assert desk.waiting() == ["1", "2"]
    first, second = desk.queues.of(QUEUE)
    assert first.ringing is not None and first.ringing.id.device == AGENT
    assert second.at_queue is not None and second.ringing is None
    desk.take(Diverted(connection=conn("1", AGENT), destination=party(RECEPTION)))
    desk.enters("1", back_from=AGENT)
    assert desk.waiting() == ["1", "2"]
    assert desk.queues.of(QUEUE)[0].since == first.since


def test_who_is_answered_waits_no_more_and_does_not_give_up() -> None:
    desk = Desk()
    desk.enters("1")
    desk.given_to("1", AGENT)
    desk.take(Established(connection=conn("1", AGENT)))
    (one,) = desk.queues.of(QUEUE)
    assert (one.waits, one.agents, one.caller) == (False, (AGENT,), CALLER)
    desk.take(CallCleared(call=CallId("1")))
    assert desk.queues.of(QUEUE) == [] and desk.queues.gave_up == []


TRUNK = "T12"
"What some PBXs call an outside caller's end."


@pytest.mark.parametrize("remaining", ["1", "2"])
@pytest.mark.parametrize("caller", [None, CALLER])
@pytest.mark.parametrize("first", ["1", "2"])
def test_who_is_transferred_stays_answered_by_whom_he_talks_to(
    remaining: str, caller: Party | None, first: str
) -> None:
    """The agent answers, asks another one, and transfers; whichever call id the PBX keeps and
    names first, and whether it says who is at the end that it lists first."""
    desk = Desk()
    desk.enters("1")
    desk.given_to("1", AGENT)
    desk.take(Established(connection=conn("1", AGENT)))
    (before,) = desk.queues.of(QUEUE)
    desk.take(
        Held(connection=conn("1", AGENT)),
        Originated(connection=conn("2", AGENT), calling=party(AGENT), called=party(OTHER)),
        Delivered(connection=conn("2", OTHER), calling=party(AGENT)),
        Established(connection=conn("2", OTHER)),
    )
    (asking,) = desk.queues.of(QUEUE)
    assert (asking.waits, asking.agents) == (False, (AGENT,))
    moved = (
        Moved(new=conn(remaining, TRUNK), old=conn("1", TRUNK), party=caller),
        Moved(new=conn(remaining, OTHER), old=conn("2", OTHER), party=party(OTHER)),
    )
    desk.take(
        Transferred(
            primary=conn(first, AGENT),
            secondary=conn("2" if first == "1" else "1", AGENT),
            transferring=party(AGENT),
            transferred_to=party(OTHER),
            connections=moved,
        )
    )
    (after,) = desk.queues.of(QUEUE)
    assert (after.waits, after.agents, after.caller) == (False, (OTHER,), CALLER)
    assert (after.since, after.answered) == (before.since, before.answered)
    desk.take(CallCleared(call=after.call.id))
    assert desk.queues.of(QUEUE) == [] and desk.queues.gave_up == []


def test_who_is_transferred_into_the_queue_waits_there() -> None:
    desk = Desk()
    desk.take(
        Delivered(connection=conn("1", AGENT), calling=CALLER),
        Established(connection=conn("1", AGENT)),
        Transferred(
            primary=conn("1", AGENT),
            transferring=party(AGENT),
            transferred_to=party(RECEPTION),
            connections=(
                Moved(new=conn("1", TRUNK), old=conn("1", TRUNK)),
                Moved(new=conn("1", RECEPTION)),
            ),
            cause=Cause.SINGLE_STEP_TRANSFER,
        ),
    )
    (one,) = desk.queues.of(QUEUE)
    assert (one.waits, one.agents, one.caller) == (True, (), CALLER)
    desk.take(CallCleared(call=CallId("1")))
    assert [one.caller for one in desk.queues.gave_up] == [CALLER]


def test_who_hangs_up_gave_up_in_the_queue_or_while_it_rang() -> None:
    desk = Desk()
    desk.enters("1")
    desk.take(CallCleared(call=CallId("1")))
    desk.enters("2")
    desk.given_to("2", AGENT)
    desk.take(ConnectionCleared(connection=conn("2", AGENT)))
    assert desk.queues.of(QUEUE) == []
    assert [(one.caller, one.ended > one.since) for one in desk.queues.gave_up] == [
        (CALLER, True),
        (CALLER, True),
    ]


def test_a_clock_that_is_set_back_takes_nobody_s_place() -> None:
    desk = Desk()
    desk.enters("1")
    desk.enters("2")
    desk.given_to("2", AGENT)
    desk.take(Established(connection=conn("2", AGENT)))
    desk.calls.now -= timedelta(hours=1)
    desk.enters("3")
    assert desk.waiting() == ["1", "3"]
    waited = [desk.calls.now - one.since for one in desk.queues.of(QUEUE)]
    assert all(timedelta(0) <= one < timedelta(minutes=1) for one in waited), waited
    (talking,) = (one for one in desk.queues.of(QUEUE) if not one.waits)
    assert talking.answered is not None and talking.since <= talking.answered <= desk.calls.now
    desk.take(CallCleared(call=CallId("1")))
    (gone,) = desk.queues.gave_up
    assert timedelta(0) < gone.ended - gone.since < timedelta(minutes=1)


def test_each_link_has_a_clock_of_its_own() -> None:
    desk = Desk()
    (change,) = desk.calls.take(Queued(connection=conn("1", RECEPTION), calling=CALLER))
    desk.queues.take(change)
    (before,) = desk.queues.of(QUEUE)
    other, late = LinkId("of another PBX"), change.at - timedelta(hours=1)
    call = replace(change.call, link=other, connections={})
    desk.queues.take(replace(change, link=other, call=call, at=late))
    assert desk.queues.of(QUEUE) == [before]


def test_what_a_gap_took_away_gave_up_for_nobody() -> None:
    desk = Desk()
    desk.enters("1")
    for change in desk.calls.table.resync(RECEPTION, (), desk.calls.now, {}):
        desk.queues.take(change)
    assert desk.queues.of(QUEUE) == [] and desk.queues.gave_up == []


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=40))
def test_nobody_is_lost_or_there_twice(sequence: list[CallEvent]) -> None:
    desk = Desk()
    for event in sequence:
        desk.take(event)
        there = desk.queues.of(QUEUE)
        live = desk.calls.table.calls
        assert all(one.call.id in live for one in there)
        assert len({one.thread for one in there}) == len(there)
        assert all((one.answered is None) == one.waits for one in there)
        assert [one.since for one in there] == sorted(one.since for one in there)
    legs = Counter(one.leg for one in desk.queues.gave_up if one.leg is not None)
    assert all(times == 1 for times in legs.values())
    desk.take(*(CallCleared(call=call) for call in list(desk.calls.table.calls)))
    assert desk.queues.of(QUEUE) == [] and len(desk.queues) == 0
    assert desk.queues.forget(LinkId("pbx")) == set()
