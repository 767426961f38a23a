"""The call table follows the flows of ECMA-269, whatever copies and gaps the PBX makes of them."""

import pytest

from tests.telephony.words import OUTSIDE, A, B, C, Table, conn, party
from tws.telephony.event_reports import (
    CallCleared,
    Conferenced,
    ConnectionCleared,
    Delivered,
    Diverted,
    Established,
    Failed,
    Held,
    Moved,
    NetworkReached,
    Originated,
    Queued,
    Retrieved,
    ServiceInitiated,
    Transferred,
)
from tws.telephony.model import (
    Cause,
    ConnectionState,
    DeviceId,
    Direction,
    LegId,
    SnapshotConnection,
    ThreadId,
)
from tws.telephony.snapshots import KnownLeg

S = ConnectionState


def call_from_a_to_b(table: Table, call: str = "1") -> None:
    table.take(
        ServiceInitiated(connection=conn(call, A)),
        Originated(connection=conn(call, A), calling=party(A), called=party(B)),
        Delivered(connection=conn(call, B), calling=party(A), called=party(B)),
        Established(connection=conn(call, B), calling=party(A), called=party(B)),
    )


def test_a_call_rings_is_answered_and_ends() -> None:
    table = Table(A, B)
    call_from_a_to_b(table)
    a, b = table.only(A), table.only(B)
    assert (a.direction, b.direction) == (Direction.OUTGOING, Direction.INCOMING)
    assert a.answered == b.answered
    assert b.alerted is not None and b.answered is not None and b.alerted < b.answered
    table.take(
        ConnectionCleared(connection=conn("1", B), cause=Cause.NORMAL_CLEARING),
        ConnectionCleared(connection=conn("1", A), cause=Cause.NORMAL_CLEARING),
    )
    assert table.table.calls == {}
    assert set(table.told.ended.values()) == {"normalClearing"}


def test_copies_for_every_monitor_change_nothing() -> None:
    table = Table(A, B)
    call_from_a_to_b(table)
    before = dict(table.table.calls)
    assert (
        table.take(
            Established(connection=conn("1", B), calling=party(A), monitored=B, local=S.CONNECTED)
        )
        == []
    )
    assert table.take(Delivered(connection=conn("1", B), monitored=A, local=S.CONNECTED)) == []
    assert table.table.calls == before
    assert table.table.unexpected == {"Delivered in connected": 1}


def test_attended_transfer_keeps_the_thread_and_the_legs() -> None:
    table = Table(A, B, C)
    call_from_a_to_b(table)
    thread, b_leg = table.table.of(B)[0].thread, table.only(B).leg
    table.take(
        Held(connection=conn("1", A), cause="consultation"),
        ServiceInitiated(connection=conn("2", A), cause="consultation"),
        Originated(connection=conn("2", A), calling=party(A), called=party(C)),
        Delivered(connection=conn("2", C), calling=party(A), called=party(C)),
        Established(connection=conn("2", C), calling=party(A), called=party(C)),
    )
    assert table.states(A) == {"1": S.HOLD, "2": S.CONNECTED}
    c_leg = table.only(C).leg
    moved = Transferred(
        primary=conn("1", A),
        secondary=conn("2", A),
        transferring=party(A),
        transferred_to=party(C),
        connections=(
            Moved(conn("9", B), conn("1", B)),
            Moved(conn("9", C), conn("2", C)),
        ),
        cause="transfer",
    )
    table.take(moved, moved, moved)  # A's, B's and C's monitors each report it
    assert table.table.of(A) == []
    (call,) = table.table.of(B)
    assert (call.id, call.thread) == ("9", thread)
    assert (table.only(B).leg, table.only(C).leg) == (b_leg, c_leg)
    via = table.only(C).via
    assert via is not None and via.by.number == A
    assert list(table.told.ended.values()) == ["transfer", "transfer"]


def test_blind_transfer_to_a_phone_that_still_rings() -> None:
    table = Table(A, B, C)
    call_from_a_to_b(table)
    table.take(
        Transferred(
            primary=conn("1", A),
            transferring=party(A),
            transferred_to=party(C),
            connections=(Moved(conn("1", B), conn("1", B)), Moved(conn("1", C))),
            cause="singleStepTransfer",
        ),
        Delivered(connection=conn("1", C), last_redirection=party(A), cause="singleStepTransfer"),
    )
    assert table.states(C) == {"1": S.ALERTING}
    assert table.table.of(A) == []
    table.take(Established(connection=conn("1", C)))
    assert table.states(C) == {"1": S.CONNECTED}


def test_transfer_without_a_list_of_connections() -> None:
    table = Table(A, B, C)
    call_from_a_to_b(table)
    table.take(
        Held(connection=conn("1", A)),
        Originated(connection=conn("2", A), calling=party(A), called=party(C)),
        Delivered(connection=conn("2", C), calling=party(A), called=party(C)),
        Transferred(primary=conn("1", A), secondary=conn("2", A), transferring=party(A)),
    )
    assert table.states(B) == {"2": S.CONNECTED}
    assert table.states(C) == {"2": S.ALERTING}
    assert table.table.of(A) == []


def test_a_call_that_goes_into_another_and_changes_nothing_of_it_is_over() -> None:
    table = Table(A)
    table.take(
        ServiceInitiated(connection=conn("1", A)),
        ServiceInitiated(connection=conn("2", A)),
        Transferred(
            primary=conn("1", A),
            secondary=conn("2", A),
            transferring=party(A),
            connections=(Moved(conn("1", A)),),
        ),
    )
    assert table.told.open.keys() == {table.only(A).leg}
    assert len(table.told.ended) == 1


def test_conference_merges_both_legs_of_who_made_it() -> None:
    table = Table(A, B, C)
    call_from_a_to_b(table)
    first = table.only(A).leg
    table.take(
        Held(connection=conn("1", A)),
        Originated(connection=conn("2", A), calling=party(A), called=party(C)),
        Established(connection=conn("2", C), calling=party(A), called=party(C)),
    )
    together = Conferenced(
        primary=conn("1", A),
        secondary=conn("2", A),
        conferencing=party(A),
        added=party(C),
        connections=(
            Moved(conn("2", A), conn("2", A)),
            Moved(conn("2", C), conn("2", C)),
            Moved(conn("2", B), conn("1", B)),
        ),
        cause="conference",
    )
    table.take(together, together, together)
    (call,) = table.table.of(A)
    assert call.conference
    assert set(call.connections) == {A, B, C}
    assert call.connections[A].leg == first
    assert call.connections[A].state is S.CONNECTED
    assert list(table.told.ended.values()) == ["conference"]
    table.take(ConnectionCleared(connection=conn("2", B)))
    assert set(table.table.of(A)[0].connections) == {A, C}


def test_busy_is_told_to_the_caller_and_missed_by_the_called() -> None:
    table = Table(A, B)
    table.take(
        Originated(connection=conn("1", A), calling=party(A), called=party(B)),
        Failed(connection=conn("1", B), cause="busy", monitored=A, local=S.CONNECTED),
    )
    assert table.states(A) == {"1": S.FAIL}
    assert table.table.of(A)[0].failure == "busy"
    assert table.table.of(B) == []
    assert list(table.told.ended.values()) == ["busy"]
    table.take(Failed(connection=conn("1", B), cause="busy", monitored=B))
    table.take(ConnectionCleared(connection=conn("1", A)))
    assert table.table.calls == {}


def test_forwarding_keeps_the_thread_between_two_phones() -> None:
    table = Table(B, C)
    table.take(Delivered(connection=conn("1", B), calling=party(OUTSIDE), called=party(B)))
    thread = table.table.of(B)[0].thread
    table.take(
        Diverted(connection=conn("1", B), destination=party(C), cause="callForwardNoAnswer")
    )
    assert table.table.calls == {}
    table.take(
        Delivered(connection=conn("1", C), last_redirection=party(B), cause="callForwardNoAnswer")
    )
    (call,) = table.table.of(C)
    assert call.thread == thread
    assert call.calling.number == OUTSIDE
    via = table.only(C).via
    assert via is not None and (via.cause, via.by.number) == ("callForwardNoAnswer", B)


@pytest.mark.parametrize("whole", [False, True])
def test_a_call_that_was_forwarded_and_is_over_says_nothing_of_the_next_of_its_id(
    whole: bool,
) -> None:
    table = Table(B, C)
    table.take(
        Delivered(connection=conn("1", B), calling=party(OUTSIDE), called=party(B)),
        Diverted(connection=conn("1", B), destination=party(C), cause="callForwardNoAnswer"),
        Delivered(connection=conn("1", C), last_redirection=party(B), cause="callForwardNoAnswer"),
    )
    (before,) = table.table.of(C)
    over = CallCleared(call=before.id) if whole else ConnectionCleared(connection=conn("1", C))
    table.take(over)
    assert table.table.calls == {} and table.table.diverted(before.id) is None
    # Its id is used again, by a call whose beginning at another telephone nobody told us.
    table.take(
        Delivered(connection=conn("1", C), last_redirection=party(A), cause="callForwardNoAnswer")
    )
    (call,) = table.table.of(C)
    assert call.thread != before.thread and call.calling.number != OUTSIDE


def test_pickup_by_another_names_who_answered() -> None:
    table = Table(B, C)
    table.take(Delivered(connection=conn("1", B), calling=party(OUTSIDE), called=party(B)))
    table.take(
        Diverted(connection=conn("1", B), destination=party(C), cause="callPickup"),
        Established(connection=conn("1", C), last_redirection=party(B), cause="callPickup"),
    )
    assert list(table.told.went_to.values()) == [C]
    assert table.states(C) == {"1": S.CONNECTED}


def test_outside_line_is_shown_by_the_number_dialled() -> None:
    table = Table(A)
    table.take(
        Originated(connection=conn("1", A), calling=party(A), called=party(OUTSIDE)),
        NetworkReached(connection=conn("1", "T1"), party=party(OUTSIDE), called=party(OUTSIDE)),
        Established(connection=conn("1", "T1"), party=party("T1")),
    )
    (call,) = table.table.of(A)
    assert [p.number for p, _ in call.parties(A)] == [OUTSIDE]
    assert table.only(A).answered is not None


def test_the_queue_stays_visible_in_the_call() -> None:
    table = Table(DeviceId("7000"), B)
    table.take(
        Queued(connection=conn("1", "7000"), calling=party(OUTSIDE), called=party("7000")),
        Diverted(connection=conn("1", "7000"), destination=party(B), cause="distributed"),
        Delivered(connection=conn("1", B), last_redirection=party("7000"), cause="distributed"),
    )
    (call,) = table.table.of(B)
    assert call.queue is not None and call.queue.number == "7000"


def test_call_cleared_ends_everybody() -> None:
    table = Table(A, B)
    call_from_a_to_b(table)
    table.take(CallCleared(call=conn("1", A).call))
    assert table.table.calls == {}
    assert len(table.told.ended) == 2


def test_local_state_of_the_pbx_wins() -> None:
    table = Table(B)
    table.take(
        Established(
            connection=conn("1", OUTSIDE), calling=party(B), monitored=B, local=S.CONNECTED
        )
    )
    assert table.states(B) == {"1": S.CONNECTED}
    assert table.only(B).direction is Direction.OUTGOING
    table.take(ConnectionCleared(connection=conn("1", OUTSIDE), monitored=B, local=S.NULL))
    assert table.table.calls == {}


def test_a_call_of_strangers_is_not_kept() -> None:
    table = Table(A)
    assert (
        table.take(
            Delivered(connection=conn("7", B), calling=party(C)),
            Established(connection=conn("7", B), calling=party(C)),
            Held(connection=conn("7", B)),
            Retrieved(connection=conn("7", B)),
            ConnectionCleared(connection=conn("7", B)),
        )
        == []
    )
    assert table.table.calls == {}


def test_snapshot_ends_what_ended_unseen_and_adds_what_began() -> None:
    table = Table(A, B)
    call_from_a_to_b(table)
    for device in (A, B):
        for change in table.table.resync(device, (), table.now, {}):
            table.told.take(change, table.table.watched)
    assert table.table.calls == {}
    assert set(table.told.ended.values()) == {Cause.END_NOT_SEEN}
    shown = SnapshotConnection(
        conn("5", A), S.CONNECTED, others=((OUTSIDE, S.CONNECTED, party(OUTSIDE)),)
    )
    table.table.resync(A, (shown,), table.now, {})
    assert table.only(A).late
    assert table.table.of(A)[0].parties(A)[0][0].number == OUTSIDE


def test_snapshot_takes_up_the_legs_of_the_journal() -> None:
    table = Table(A)
    known = KnownLeg(
        leg=LegId("leg"),
        thread=ThreadId("thread"),
        direction=Direction.INCOMING,
        number=OUTSIDE,
        created=table.now,
        answered=table.now,
    )
    shown = SnapshotConnection(
        conn("5", A), S.HOLD, others=((OUTSIDE, S.CONNECTED, party(OUTSIDE)),)
    )
    table.table.resync(A, (shown,), table.now, {conn("5", A): known})
    assert (table.only(A).leg, table.table.of(A)[0].thread) == ("leg", "thread")
    assert not table.only(A).late


def test_an_id_used_again_during_a_gap_is_another_call() -> None:
    table = Table(A)
    table.take(
        Delivered(connection=conn("5", A), calling=party(OUTSIDE), called=party(A)),
        Established(connection=conn("5", A), calling=party(OUTSIDE), called=party(A)),
    )
    old = table.only(A).leg
    other = DeviceId("0699999999")
    shown = SnapshotConnection(
        conn("5", A), S.CONNECTED, others=((other, S.CONNECTED, party(other)),)
    )
    for change in table.table.resync(A, (shown,), table.now, {}):
        table.told.take(change, table.table.watched)
    assert table.only(A).leg != old
    assert table.told.ended == {old: Cause.END_NOT_SEEN}
